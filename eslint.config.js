import svelte from 'eslint-plugin-svelte'
import tseslint from 'typescript-eslint'

export default tseslint.config(
  { ignores: ['node_modules', 'out', 'src-worker/kernels/*/assembly'] },
  ...tseslint.configs.strict,
  ...tseslint.configs.stylistic,
  ...svelte.configs['flat/recommended'],
  { files: ['**/*.svelte', '**/*.svelte.ts'], languageOptions: { parserOptions: { parser: tseslint.parser } } },
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'off',
      // The one dialect of docs/style.md.
      'func-style': ['error', 'expression'],
      'arrow-body-style': ['error', 'as-needed'],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      'no-duplicate-imports': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector:
            ':matches(PropertyDefinition, MethodDefinition[kind!="constructor"], TSAbstractPropertyDefinition)[accessibility="private"]',
          message: 'A private member has a hash: #name.',
        },
        {
          selector: 'CallExpression[callee.name="$derived"] > :matches(ArrowFunctionExpression, FunctionExpression)',
          message: 'The function is derived, once, and not what it comes to: a plain function, or $derived.by.',
        },
      ],
      'no-empty': ['error', { allowEmptyCatch: false }],
      eqeqeq: 'error',
    },
  },
  {
    files: ['src-{core,main,worker,renderer}/**/*.{ts,svelte}'],
    // Kernels and the loops of numbers in them pass numbers as they are.
    ignores: ['src-worker/{engines,kernels}/**', 'src-core/{gaussianProcess,linearAlgebra}/**'],
    rules: { '@typescript-eslint/max-params': ['error', { max: 4 }] },
  },
  {
    // Kept runtimes have this file by its bytes: another form of it would be fetched anew by everyone.
    files: ['resources/install/electron/defaultApp/*.js'],
    rules: { 'func-style': 'off' },
  },
  {
    files: ['src-core/**/*.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Core code takes its random generator as an argument.' },
        { object: 'Date', property: 'now', message: 'Core code takes the time as an argument.' },
      ],
      'no-restricted-globals': [
        'error',
        'process',
        'console',
        'setTimeout',
        'setInterval',
        'performance',
        'Buffer',
        'window',
      ],
    },
  },
)
