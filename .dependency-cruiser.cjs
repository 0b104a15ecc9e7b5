/** The one-way flow of docs/architecture.md, checked by `npm run boundaries`. */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'core-is-pure',
      comment: 'src-core knows no Electron, Node, DOM or other room of the house',
      severity: 'error',
      from: { path: '^src-core' },
      to: { pathNot: '^src-core|^node_modules/(zod|yaml)/' },
    },
    { name: 'core-without-node', severity: 'error', from: { path: '^src-core' }, to: { dependencyTypes: ['core'] } },
    {
      name: 'worker-below-main',
      severity: 'error',
      from: { path: '^src-worker' },
      to: { path: '^src-(main|renderer)' },
    },
    {
      name: 'worker-without-electron',
      severity: 'error',
      from: { path: '^src-worker' },
      to: { path: '(^|/)electron$' },
    },
    {
      name: 'renderer-only-core',
      severity: 'error',
      from: { path: '^src-renderer' },
      to: { path: '^src-(main|worker)' },
    },
    {
      name: 'renderer-without-node',
      severity: 'error',
      from: { path: '^src-renderer' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'main-starts-workers-as-processes',
      comment: 'the application process never trains: it starts workers by path',
      severity: 'error',
      from: { path: '^src-main' },
      to: { path: '^src-(worker|renderer)' },
    },
    {
      name: 'library-above-studies',
      comment: 'a library opens studies; a study knows its own folder alone',
      severity: 'error',
      from: { path: '^src-main/(studies|storage|files)/' },
      to: { path: '^src-main/library/' },
    },
    {
      name: 'one-door-to-sqlite',
      severity: 'error',
      from: { path: '^src-', pathNot: '^src-main/storage/' },
      to: { path: 'better-sqlite3' },
    },
    {
      name: 'electron-stays-in-its-rooms',
      comment: 'the command line must run under plain Node',
      severity: 'error',
      from: { path: '^src-main', pathNot: '^src-main/(main\\.ts$|electron/|preload/)' },
      to: { path: '(^|/)electron(-store)?$', pathNot: '^src-main/electron/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    exclude: { path: 'kernels/[^/]+/assembly' },
  },
}
