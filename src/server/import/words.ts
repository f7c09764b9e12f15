/**
 * The words that an import itself writes into a plan, in Finnish, the language of the region's
 * records. They become the content of changes, so they do not follow the reader's language.
 */
const inUnit = {
  s: 'sekunnissa',
  min: 'minuutissa',
  h: 'tunnissa',
  d: 'päivässä',
  wk: 'viikossa',
  mo: 'kuukaudessa',
  a: 'vuodessa',
} as const;

const weekdays = {
  mon: 'maanantaisin',
  tue: 'tiistaisin',
  wed: 'keskiviikkoisin',
  thu: 'torstaisin',
  fri: 'perjantaisin',
  sat: 'lauantaisin',
  sun: 'sunnuntaisin',
} as const;

const times = (count: number | string): string =>
  String(count) === '1' ? 'kerran' : `${count} kertaa`;

export const words = {
  author: { givenName: 'Punos', familyName: 'Tiedonsiirto' },
  unnamed: '(nimi puuttuu)',
  unnamedUnit: '(yksikön nimi puuttuu)',

  times,
  howOften: (count: string, period: string, unit: keyof typeof inUnit): string =>
    period === '1'
      ? `${times(count)} ${inUnit[unit]}`
      : `${times(count)} ${period} ${inUnit[unit]}`,
  weekday: (day: keyof typeof weekdays): string => weekdays[day],
  clock: (time: string): string => `klo ${time.replace(':', '.')}`,
  asNeeded: 'tarvittaessa',
  asNeededFor: (reason: string): string => `tarvittaessa: ${reason}`,

  deceased: (date: string): string =>
    date ? `Asiakas on kuollut ${date}.` : 'Asiakas on kuollut.',
  languageMissing: 'Asiointikieli puuttui lähteestä.',
  languageInSource: (name: string): string => `Kieli lähteessä: ${name}`,

  carePlan: 'Hoitosuunnitelma',
  inSource: (period: string): string => `Voimassa lähteessä: ${period}`,
  background: 'Taustalla:',
  addressed: (name: string, details: string): string =>
    `– ${name}${details ? ` (${details})` : ''}`,
  since: (date: string): string => `alkaen ${date}`,
  ended: (date: string): string => `päättynyt ${date}`,
  unknownCondition: 'sairaus tai oire, jonka tiedot eivät tulleet mukana',
  condition: 'Sairaus tai oire',
  severity: (text: string): string => `Vaikeusaste: ${text}`,
  unconfirmed: 'Diagnoosi on varmistamatta.',
  refuted: 'Diagnoosi on kumottu.',

  plannedActivities: (plan: string): string => `Suunnitellut toimet: ${plan}`,
  otherGoals: 'Muut tavoitteet',
  target: (measure: string, detail: string, due: string): string =>
    `Mittari: ${[measure, detail, due && `${due} mennessä`].filter(Boolean).join(', ')}`,
  outcome: (text: string): string => `Tulos: ${text}`,
  achievementInSource: (text: string): string => `Lähteessä: ${text}`,

  activity: 'Toimi, jonka tiedot eivät tulleet mukana',
  notToDo: (title: string): string => `Ei tehdä: ${title}`,
  where: (place: string): string => `Paikka: ${place}`,
  product: (name: string): string => `Valmiste: ${name}`,
  paused: (reason: string): string => (reason ? `Tauolla: ${reason}` : 'Tauolla lähteessä'),
  notDone: (status: string, reason: string): string =>
    reason || `Lähteessä ”${status}”, syytä ei kerrottu`,
  markedWrong: 'Merkitty lähteessä virheelliseksi kirjaukseksi',
  withdrawn: 'Suunnitelma on kumottu lähteessä',

  medication: 'Lääkitys',
  medicationGoal: 'Lääkitys toteutuu turvallisesti ja sen vaikutusta seurataan',
  medicationAssessment:
    'Lääketiedot on tuotu toisesta järjestelmästä seurantaa varten. Ne eivät ole lääkemääräyksiä; ajantasainen lääkitys on reseptikeskuksessa ja potilaskertomuksessa.',
  unknownMedicine: 'Lääke, jonka tiedot eivät tulleet mukana',
  notToUse: (name: string): string => `Ei käyttöön: ${name}`,
  dose: (text: string): string => `Annos: ${text}`,
  reasonFor: (text: string): string => `Käyttöaihe: ${text}`,
  prescribedBy: (name: string): string => `Määrääjä: ${name}`,
  stopped: (reason: string): string => (reason ? `Lopetettu: ${reason}` : 'Lopetettu lähteessä'),

  allergies: 'Allergiat ja yliherkkyydet',
  allergyHigh: 'suuri riski',
  allergyUnconfirmed: 'varmistamatta',
  allergyPast: 'ei enää ajankohtainen',

  nextOfKin: 'Läheinen',
  grounds: {
    'general-practitioner': 'omalääkäri tai vastuuhenkilö lähteessä',
    'care-plan': 'hoitosuunnitelman laatija tai osallistuja lähteessä',
    'care-team': 'hoitotiimin jäsen lähteessä',
    performer: 'toimen toteuttaja lähteessä',
    requester: 'lääkkeen määrääjä lähteessä',
    recorder: 'tiedon kirjaaja lähteessä',
    'same-bundle': 'mukana asiakkaan tiedoissa lähteessä',
  },
  importedGround: (why: string): string => `Tuotu toisesta järjestelmästä: ${why}`,
  teamGround: 'Tuodun suunnitelman vastaanottava työntekijä',
} as const;

export type Ground = keyof typeof words.grounds;
