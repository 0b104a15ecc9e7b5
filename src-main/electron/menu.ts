import { basename } from 'node:path'
import { app, Menu, type MenuItemConstructorOptions } from 'electron'
import type { MenuItem, Settings, Theme } from '../../src-core/contracts/window.ts'

export interface MenuActions {
  choose(item: MenuItem): void
  openFolder(): void
  openRecent(folder: string): void
  setTheme(theme: Theme): void
}

const separator: MenuItemConstructorOptions = { type: 'separator' }

const recentItems = ({ recentStudies }: Settings, actions: MenuActions): MenuItemConstructorOptions[] =>
  recentStudies.length === 0
    ? [{ label: 'No Recent Study', enabled: false }]
    : recentStudies.map((folder) => ({
        label: basename(folder),
        toolTip: folder,
        click: () => {
          actions.openRecent(folder)
        },
      }))

const themeItems = ({ theme }: Settings, actions: MenuActions): MenuItemConstructorOptions[] =>
  (['system', 'light', 'dark'] as const).map((choice) => ({
    id: `theme-${choice}`,
    label: { system: 'As the System', light: 'Light', dark: 'Dark' }[choice],
    type: 'radio',
    checked: theme === choice,
    click: () => {
      actions.setTheme(choice)
    },
  }))

const developerItems = (): MenuItemConstructorOptions[] =>
  app.isPackaged ? [] : [separator, { role: 'reload' }, { role: 'toggleDevTools' }]

const template = (settings: Settings, actions: MenuActions): MenuItemConstructorOptions[] => {
  const item = (id: MenuItem, label: string, accelerator: string): MenuItemConstructorOptions => ({
    id,
    label,
    ...(accelerator === '' ? {} : { accelerator }),
    click: () => {
      actions.choose(id)
    },
  })
  return [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } satisfies MenuItemConstructorOptions] : []),
    {
      label: '&File',
      submenu: [
        item('new-study', 'New Study…', 'CmdOrCtrl+N'),
        item('new-from-file', 'New Study from File…', 'CmdOrCtrl+O'),
        item('import-log', 'Import Evaluation Log or Network…', ''),
        separator,
        { id: 'openFolder', label: 'Open Study Folder…', accelerator: 'CmdOrCtrl+Shift+O', click: actions.openFolder },
        { label: 'Open Recent', submenu: recentItems(settings, actions) },
        separator,
        item('export-best', 'Export Best Configuration…', 'CmdOrCtrl+E'),
        separator,
        { role: process.platform === 'darwin' ? 'close' : 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&Study',
      submenu: [
        item('run-or-pause', 'Pause or Resume', 'CmdOrCtrl+P'),
        item('pause-now', 'Pause Now', 'CmdOrCtrl+.'),
        item('leave-running', 'Leave to the Background', ''),
        separator,
        item('check-study', 'Check What Is Stored', ''),
        item('back-up', 'Back Up…', ''),
      ],
    },
    {
      label: '&View',
      submenu: [
        item('library', 'Library', 'CmdOrCtrl+L'),
        separator,
        item('page-watch', 'Watch', 'CmdOrCtrl+1'),
        item('page-inspect', 'Inspect', 'CmdOrCtrl+2'),
        item('page-compare', 'Compare', 'CmdOrCtrl+3'),
        item('page-decide', 'Decide', 'CmdOrCtrl+4'),
        separator,
        item('commands', 'Commands…', 'CmdOrCtrl+K'),
        item('inspect', 'Inspect Selected Trial', 'CmdOrCtrl+I'),
        item('freeze', 'Freeze or Unfreeze', 'CmdOrCtrl+Shift+F'),
        item('toggle-sidebar', 'List of Studies', 'CmdOrCtrl+B'),
        separator,
        { label: 'Theme', submenu: themeItems(settings, actions) },
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        separator,
        { role: 'togglefullscreen' },
        ...developerItems(),
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        item('shortcuts', 'Keyboard Shortcuts', 'CmdOrCtrl+/'),
        item('glossary', 'Glossary', ''),
        item('tour', 'Take the Tour', ''),
        separator,
        { role: 'about' },
      ],
    },
  ]
}

/** Puts the application's menu in place; called again when the settings that it shows have changed. */
export const showMenu = (settings: Settings, actions: MenuActions): void => {
  Menu.setApplicationMenu(Menu.buildFromTemplate(template(settings, actions)))
}
