export default {
  printWidth: 120,
  singleQuote: true,
  semi: false,
  trailingComma: 'all',
  plugins: ['prettier-plugin-svelte'],
  overrides: [{ files: '*.svelte', options: { parser: 'svelte' } }],
}
