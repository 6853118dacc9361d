/** The import rule: every arrow points to core; adapters do not know each other. Specs and test/ are free of it. */
const adapters = [
  'juju',
  'kube',
  'workload',
  'observability',
  'charmhub',
  'store',
  'report',
  'terraform',
  'vault',
  'custom',
];
const only = (from, allowed) => ({
  name: `${from}-imports-only`,
  comment: `src/${from} may import only: ${[from, ...allowed].join(', ')}`,
  severity: 'error',
  from: { path: `^src/${from}/`, pathNot: '\\.spec\\.ts$' },
  to: { path: '^src/', pathNot: `^src/(${[from, ...allowed].join('|')})(/|$)` },
});
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: { pathNot: '\\.spec\\.ts$' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    only('core', []),
    only('guides', ['core']),
    ...adapters.map((name) => only(name, ['core'])),
    only('simulator', ['core']),
    only('controller', ['core']),
    only('config', ['core']),
    only('cli', ['core', 'config']),
    {
      name: 'guides-know-only-core-and-shared',
      severity: 'error',
      from: { path: '^src/guides/(?!shared/)([^/]+)/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^src/guides/', pathNot: '^src/guides/(shared/|$1/)' },
    },
    {
      name: 'core-is-pure',
      severity: 'error',
      from: { path: '^src/(core|guides)/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist|^build' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.js'],
    },
  },
};
