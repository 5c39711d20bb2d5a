/** What the addresses of the durable HTTP API are made of. */
export interface ApiPlace {
  /** `https://…/runtime/webhooks/durabletask` */
  readonly base: string;
  readonly hubName: string;
  /** System key of the extension. */
  readonly key: string;
  /** Loopback address for the client in this process, ends in `/`. */
  readonly rpcBaseUrl: string;
}

const query = ({ hubName, key }: ApiPlace): string =>
  `taskHub=${encodeURIComponent(hubName)}&connection=Storage&code=${key}`;

/** The addresses that a start answers with; every member must be text, or the client library throws. */
export function managementUrls(place: ApiPlace, id: string): Record<string, string> {
  const at = `${place.base}/instances/${id}`;
  const q = query(place);
  return {
    id,
    statusQueryGetUri: `${at}?${q}`,
    sendEventPostUri: `${at}/raiseEvent/{eventName}?${q}`,
    terminatePostUri: `${at}/terminate?reason={text}&${q}`,
    rewindPostUri: `${at}/rewind?reason={text}&${q}`,
    purgeHistoryDeleteUri: `${at}?${q}`,
    restartPostUri: `${at}/restart?${q}`,
    suspendPostUri: `${at}/suspend?reason={text}&${q}`,
    resumePostUri: `${at}/resume?reason={text}&${q}`,
  };
}

/** JSON text of a `durableClient` input. */
export function clientInput(place: ApiPlace): string {
  const create = `${place.base}/orchestrators/{functionName}[/{instanceId}]?code=${place.key}`;
  return JSON.stringify({
    taskHubName: place.hubName,
    creationUrls: {
      createNewInstancePostUri: create,
      createAndWaitOnNewInstancePostUri: `${create}&timeout={timeoutInSeconds}&pollingInterval={intervalInSeconds}`,
    },
    managementUrls: managementUrls(place, 'INSTANCEID'),
    baseUrl: place.base,
    requiredQueryStringParameters: `code=${place.key}`,
    rpcBaseUrl: place.rpcBaseUrl,
  });
}
