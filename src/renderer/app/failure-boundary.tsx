import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#renderer/components/button.tsx';

type Props = {
  readonly children: ReactNode;
  /** Another place in the program: the failure stays behind. */
  readonly place: string;
};

type BoundaryProps = Props & {
  readonly title: string;
  readonly text: string;
  readonly again: string;
};
type State = { readonly hasFailed: boolean; readonly place: string };

class Boundary extends Component<BoundaryProps, State> {
  override state: State = { hasFailed: false, place: this.props.place };

  static getDerivedStateFromError(): Partial<State> {
    return { hasFailed: true };
  }

  static getDerivedStateFromProps(props: BoundaryProps, state: State): State | null {
    return props.place === state.place ? null : { hasFailed: false, place: props.place };
  }

  override render(): ReactNode {
    const { children, title, text, again } = this.props;
    if (!this.state.hasFailed) return children;
    return (
      <div className="failure" role="alert">
        <h1>{title}</h1>
        <p>{text}</p>
        <Button variant="main" onPress={() => this.setState({ hasFailed: false })}>
          {again}
        </Button>
      </div>
    );
  }
}

/**
 * A screen that fails takes nothing along: what was typed lives in the store and in the drafts of this
 * computer, and the rest of the program goes on.
 */
export const FailureBoundary = ({ children, place }: Props) => {
  const { t } = useTranslation('app');
  return (
    <Boundary
      place={place}
      title={t('failure.title')}
      text={t('failure.text')}
      again={t('failure.again')}
    >
      {children}
    </Boundary>
  );
};
