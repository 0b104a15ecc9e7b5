const onMac = (): boolean => navigator.userAgent.includes('Macintosh')

/** The keys of a menu item as this system writes them; the menu itself is in src-main/electron/menu.ts. */
export const shortcut = (key: string): string => (onMac() ? `⌘${key}` : `Ctrl+${key}`)
