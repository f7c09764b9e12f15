import { z } from 'zod';
import { civilDateSchema } from '../civil-date.ts';
import { idSchema } from '../ids.ts';
import { lineText, nameText, proseText } from '../text.ts';
import { proseGroup } from './common-groups.ts';
import { decide } from './group.ts';
import { expressionWays } from './permission.ts';

/** How the goals of the plan before were reached: edellisen suunnitelman tavoitteiden saavuttaminen. */
export const goalAttainments = ['not-assessed', 'reached', 'partly', 'not-reached'] as const;

/** Asiakkaan hyväksyntä: what the client says of the plan. */
export const acceptances = ['not-asked', 'accepted', 'partly', 'not-accepted'] as const;

/**
 * What the national client plan holds besides needs, goals and actions (1301/2014 39 §; 703/2023 42–43 §;
 * 417/2007 30 §), in the order of its document structure. Which of them a plan needs is told by its track,
 * see `resources/rules/plan-tracks.json`.
 */
export const planPartGroups = {
  /** Terveys ja toimintakyky, with what the life situation and the surroundings do to it. */
  functioning: proseGroup,
  /** Nykyiset palvelut. */
  'current-services': proseGroup,
  /** Asiat ja olosuhteet, joihin pyritään vaikuttamaan (417/2007 30 §). */
  circumstances: proseGroup,
  /** Asiakkaan arvio tarvittavasta tuesta. */
  'client-assessment': proseGroup,
  /** Ammattilaisen arvio tarvittavasta tuesta, and of the services that are necessary. */
  'professional-assessment': proseGroup,
  /** The views of the client, of others who took part, and of the worker (703/2023 42 §). */
  'earlier-goals': decide({
    attainment: z.enum(goalAttainments),
    clientView: proseText,
    text: proseText,
  }),
  /** Muut keinot: what helps besides services. */
  'other-means': proseGroup,
  /** How often and where the client and the own worker meet. */
  meetings: decide({ frequency: lineText, place: lineText }),
  /** Selvitys oikeuksista: what was told of rights, duties and choices, by whom and when (812/2000 5 §). */
  'rights-information': decide({
    text: proseText,
    way: z.enum(expressionWays).nullable(),
    personId: idSchema.nullable(),
    date: civilDateSchema.nullable(),
  }),
  /** Sovitut jatkotoimet. */
  'further-steps': proseGroup,
  /** Arvio asiakkuuden kestosta. */
  duration: decide({ text: lineText, until: civilDateSchema.nullable() }),
  /** Henkilöt, joille suunnitelma toimitetaan. */
  recipients: decide({ text: proseText }),
  acceptance: decide({
    state: z.enum(acceptances),
    /** In the words of whoever said it. */
    text: proseText,
    date: civilDateSchema.nullable(),
    way: z.enum(expressionWays).nullable(),
    /** Who said it on the client's behalf; empty when the client did. */
    givenBy: nameText,
  }),
};
