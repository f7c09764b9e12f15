import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#renderer/components/button.tsx';

type Props = {
  readonly children: ReactNode;
  /** Another place in the program: the failure stays behind. */
  readonly place: string;
};

type BoundaryProps = Props & { readonly fallback: (again: () => void) => ReactNode };
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
    const { children, fallback } = this.props;
    return this.state.hasFailed ? fallback(() => this.setState({ hasFailed: false })) : children;
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
      fallback={(again) => (
        <div className="failure" role="alert">
          <h1>{t('failure.title')}</h1>
          <p>{t('failure.text')}</p>
          <Button variant="main" onPress={again}>
            {t('failure.again')}
          </Button>
        </div>
      )}
    >
      {children}
    </Boundary>
  );
};
