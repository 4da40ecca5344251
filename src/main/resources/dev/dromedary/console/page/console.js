// Asks the service once a second for everything the page shows, and tells when it cannot.

import {SERVICE, ask, call, command} from './beans.js';
import {byId, element, mark, say, sayShort} from './dom.js';
import * as failures from './failures.js';
import * as flow from './flow.js';
import * as limits from './limits.js';
import * as rate from './rate.js';
import * as sources from './sources.js';
import * as transfers from './transfers.js';
import {clock, duration} from './words.js';

const EVERY_MS = 900;
const HIDDEN_EVERY_MS = 5000;
const READY_EVERY_MS = 3000;
const NOTE_MS = 6000;
const PANELS = [rate, limits, flow, transfers, failures, sources];

let timer = 0;
let round = 0;
let seenAt = null;
let reasons = [];
let draining = false;

const context = {act, confirm, refresh};

async function tick() {
  clearTimeout(timer);
  const mine = ++round;
  const begun = performance.now();
  try {
    const questions = PANELS.map((panel) => panel.questions());
    const answers = await ask(questions.flat());
    if (mine !== round) {
      return;
    }
    seenAt = new Date();
    found(answers[0]);
    let from = 0;
    PANELS.forEach((panel, index) => {
      panel.show(answers.slice(from, from + questions[index].length));
      from += questions[index].length;
    });
  } catch (trouble) {
    if (mine === round) {
      lost(trouble);
    }
  }
  if (mine === round) {
    const every = document.hidden ? HIDDEN_EVERY_MS : EVERY_MS;
    timer = setTimeout(tick, Math.max(50, every - (performance.now() - begun)));
  }
}

/** Asks again at once; an answer under way is not waited for. */
function refresh() {
  tick();
}

function found(service) {
  byId('lost').hidden = true;
  mark(document.body, 'data-lost', null);
  document.title = service ? `${service.InFlight} running · Dromedary` : 'Dromedary';
  if (!service) {
    state('starting', 'waiting');
    return;
  }
  draining = service.Draining;
  refusedFiles(service.RefusedFiles ?? {});
  say(byId('about'), `${service.Version} · up ${duration(service.UptimeSeconds)} · pid ${service.Pid}`);
  mark(byId('about'), 'title', `${service.WorkDirectory} → ${service.LandingZone}`);
  say(byId('drain'), draining ? 'Take work again' : 'Drain');
  if (draining) {
    state('draining', 'waiting');
  } else {
    state(reasons.length ? reasons[0] : 'ready', reasons.length ? 'bad' : 'good');
  }
}

function refusedFiles(files) {
  const told = Object.entries(files).map(([file, why]) => `${file} is refused and holds as it was: ${why}`);
  say(byId('refused'), told.join(' · '));
  byId('refused').hidden = told.length === 0;
}

function lost(trouble) {
  mark(document.body, 'data-lost', '');
  state('no contact', 'bad');
  document.title = 'No contact · Dromedary';
  const when = seenAt ? `since ${clock(seenAt)}: what is shown is of then` : 'with the service yet';
  say(byId('lost'), `No contact ${when}. It is tried again every second. (${trouble.message})`);
  byId('lost').hidden = false;
}

function state(words, kind) {
  sayShort(byId('state'), words);
  mark(byId('state'), 'data-kind', kind);
}

async function look() {
  try {
    const answer = await (await fetch('health/ready', {cache: 'no-store'})).json();
    reasons = answer.reasons ?? [];
  } catch {
    reasons = [];
  }
  setTimeout(look, READY_EVERY_MS);
}

/** Carries out a command, tells what came of it, and looks again. */
async function act(what, question) {
  try {
    const change = await command(question);
    note(`${what}: ${outcome(change)}`, change?.matched > 0 && change.changed === 0 ? 'waiting' : 'good');
  } catch (refused) {
    note(`${what}: ${refused.message}`, 'bad');
  }
  refresh();
}

function outcome(change) {
  if (!change || change.matched === undefined) {
    return 'done';
  }
  if (change.matched === 0) {
    return 'nothing matches';
  }
  const why = change.left?.length ? `; ${change.left.slice(0, 3).join('; ')}` : '';
  return change.matched === 1 && change.changed === 1 ? 'done' : `${change.changed} of ${change.matched}${why}`;
}

function note(words, kind) {
  const shown = element('p', {'data-kind': kind}, words);
  byId('notes').append(shown);
  setTimeout(() => shown.remove(), NOTE_MS);
}

/** Asks the user; resolves to whether it was a yes. */
function confirm(question) {
  const dialog = byId('confirm');
  say(byId('confirm-question'), question);
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), {once: true});
  });
}

byId('confirm-yes').addEventListener('click', () => byId('confirm').close('yes'));
byId('confirm-no').addEventListener('click', () => byId('confirm').close('no'));
byId('poll-now').addEventListener('click', () => act('poll now', call(SERVICE, 'pollNow')));
byId('drain').addEventListener('click', async () => {
  if (draining) {
    act('take work again', call(SERVICE, 'undrain'));
  } else if (await confirm('Finish what runs and take nothing new?')) {
    act('drain', call(SERVICE, 'drain', false));
  }
});
document.addEventListener('visibilitychange', () => document.hidden || refresh());

PANELS.forEach((panel) => panel.start(context));
tick();
look();
