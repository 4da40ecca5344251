// The beans of the service, by Jolokia's protocol: many questions in one request.

export const SERVICE = 'dev.dromedary:type=Service';
export const SOURCES = 'dev.dromedary:type=Sources';
export const TRANSFERS = 'dev.dromedary:type=Transfers';
export const FAILURES = 'dev.dromedary:type=Failures';
export const LIMITS = 'dev.dromedary:type=Limits';
export const ROUTES = 'org.apache.camel:type=routes,*';
export const STEPS = 'org.apache.camel:type=processors,*';

const PATIENCE_MS = 5000;

/** Asks for attributes; all of them when none is named. */
export const read = (mbean, ...attribute) =>
  attribute.length ? {type: 'read', mbean, attribute} : {type: 'read', mbean};

/** Asks for the result of an operation. */
export const call = (mbean, operation, ...args) => ({type: 'exec', mbean, operation, arguments: args});

/** Asks to set an attribute. */
export const write = (mbean, attribute, value) => ({type: 'write', mbean, attribute, value});

/** Sends questions and returns a value for each; undefined where there is none. */
export async function ask(questions) {
  const answers = await send(questions);
  return answers.map((answer) => (answer.status === 200 ? answer.value : undefined));
}

/** Carries out one command and returns what it tells; throws what the service says against it. */
export async function command(question) {
  const [answer] = await send([question]);
  if (answer.status !== 200) {
    throw new Error(plain(answer.error));
  }
  return answer.value;
}

async function send(questions) {
  const response = await fetch('jolokia/', {
    method: 'POST',
    headers: {'Content-Type': 'application/json'},
    body: JSON.stringify(questions),
    cache: 'no-store',
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!response.ok) {
    throw new Error(`the service answered ${response.status}`);
  }
  return response.json();
}

/** Takes the names of Java's exceptions off a message. */
function plain(error) {
  return String(error ?? 'no reason given').replace(/^(?:[\w.$]+(?:Exception|Error)\s*:\s*)+/, '');
}
