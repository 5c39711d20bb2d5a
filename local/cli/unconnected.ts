/** An environment without what would lead the command line to another API than that of the stack in TIDEMARK_STATE. */
export function unconnected(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { TIDEMARK_URL: _url, TIDEMARK_KEY: _key, TIDEMARK_TOKEN: _token, TIDEMARK_CA: _ca, ...rest } = environment;
  return rest;
}
