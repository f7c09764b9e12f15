import './editing.css';

export { authorName, useAuthorWords, type AuthorWords } from './authors.ts';
export { fieldIn, type FieldAsked } from './field-asked.ts';
export type { FieldSpec } from './field-spec.ts';
export { emptyValue, fieldsOf } from './field-specs.ts';
export { useFieldText } from './field-text.ts';
export { GroupFields } from './group-fields.tsx';
export { usePeopleOptions, type FieldSurroundings } from './people-options.ts';
export { GroupSection } from './group-section.tsx';
export { DoneByKey } from './done-by-key.tsx';
export { NewerGroups, NewerRecords } from './newer-records.tsx';
export { noteName } from './note-name.ts';
export { RecordGroup } from './record-group.tsx';
export { RemovalDialog } from './removal-dialog.tsx';
export { tongueName } from './tongue-name.ts';
export { useGroupForm, type GroupForm } from './use-group-form.ts';
export { useNewRecord } from './use-new-record.ts';
