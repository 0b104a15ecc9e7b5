// What a desktop is told of Spiketune: how it is started, and which files it opens.

/** Files that open with a double click: definitions by their ending, and studies by the database in their folder. */
export const mediaTypes = /** @type {const} */ ([
  {
    type: 'application/vnd.spiketune.definition+yaml',
    comment: 'Spiketune study definition',
    parents: ['application/x-yaml'],
    globs: ['*.spiketune.yaml', '*.spiketune.yml'],
  },
  {
    type: 'application/vnd.spiketune.study',
    comment: 'Spiketune study',
    parents: ['application/vnd.sqlite3'],
    globs: ['study.sqlite'],
  },
])

/**
 * @param {string} executable absolute path of the window's program
 * @returns {string} a desktop entry (https://specifications.freedesktop.org/desktop-entry-spec)
 */
export const desktopEntry = (executable) =>
  `${[
    '[Desktop Entry]',
    'Type=Application',
    'Version=1.5',
    'Name=Spiketune',
    'GenericName=Hyperparameter Search',
    'Comment=Find good hyperparameters for spiking neural networks',
    `Exec=${executable} %f`,
    'Icon=spiketune',
    'Terminal=false',
    'Categories=Science;ArtificialIntelligence;',
    'Keywords=spiking;neural;network;hyperparameter;optimisation;SNN;',
    `MimeType=${mediaTypes.map(({ type }) => type).join(';')};`,
    'StartupNotify=true',
    'StartupWMClass=spiketune',
  ].join('\n')}\n`

/**
 * @returns {string} the media types (https://specifications.freedesktop.org/shared-mime-info-spec)
 */
export const mediaTypesXml = () =>
  `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">',
    ...mediaTypes.flatMap(({ type, comment, parents, globs }) => [
      `  <mime-type type="${type}">`,
      `    <comment>${comment}</comment>`,
      ...parents.map((parent) => `    <sub-class-of type="${parent}"/>`),
      '    <icon name="spiketune"/>',
      // Before other types whose globs match these names too.
      ...globs.map((glob) => `    <glob pattern="${glob}" weight="80"/>`),
      '  </mime-type>',
    ]),
    '</mime-info>',
  ].join('\n')}\n`
