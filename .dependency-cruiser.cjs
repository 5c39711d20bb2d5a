const OURS = '^(functions|orchestrators|activities|shared|local|cli|web|tests|bench)/';

/** Files of ours below `from` import nothing of ours but what `to` matches. */
const layer = (name, from, to) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: OURS, pathNot: to },
});

const never = (name, from, to) => ({ name, severity: 'error', from, to });

const PURE = '^shared/(?!azure/|ports/|config\\.ts)';

/** The arrows between the folders: everything points towards shared/contracts, and nothing at local/ or tests/. */
module.exports = {
  forbidden: [
    layer('contracts know nothing of ours but themselves', '^shared/contracts/', '^shared/contracts/'),
    layer('ports speak the words of the contracts', '^shared/ports/', '^shared/(ports|contracts)/'),
    layer('the domain is pure', PURE, '^shared/(?!azure/|config\\.ts)'),
    layer('adapters know the domain and their ports', '^shared/azure/', '^shared/'),
    layer('orchestrators know the pure domain alone', '^orchestrators/', '^orchestrators/|' + PURE),
    layer('activities reach the world through ports', '^activities/', '^(activities/|shared/(?!azure/|config\\.ts))'),
    layer('the app never knows that it is local', '^functions/', '^(functions|orchestrators|activities|shared)/'),
    layer('the command line knows the HTTP API alone', '^cli/', '^(cli/|shared/contracts/)'),
    layer('the dashboard knows the HTTP API alone', '^web/', '^(web/|shared/contracts/)'),
    layer('the local Azure knows nothing of the product', '^local/', '^local/'),
    never(
      'only adapters and the local factory use an Azure SDK',
      { path: OURS, pathNot: '^(shared/azure|functions|local/adf|tests)/' },
      { path: '^node_modules/@azure/(?!functions)' },
    ),
    never(
      'only the app and the local host use the Functions SDKs',
      { path: OURS, pathNot: '^(functions|orchestrators|local/host|tests)/' },
      { path: '^node_modules/(@azure/functions|durable-functions)/' },
    ),
    never('an orchestrator does no I/O', { path: '^orchestrators/' }, { dependencyTypes: ['core'] }),
    never('nothing runs in a circle', {}, { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }),
    never(
      'what ships needs no development package',
      { path: '^(functions|orchestrators|activities|shared)/' },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    ),
    never('every import is found', {}, { couldNotResolve: true }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/|\\.venv/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
