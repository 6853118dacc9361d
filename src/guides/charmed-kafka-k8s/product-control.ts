import type { z } from 'zod';
import type { Remedy } from '../../core/action/action.js';
import { defineControl, type Context, type Control, type ControlSpec } from '../../core/control.js';
import type { ApplicationView } from '../../core/evaluate/view.js';
import { valueOf } from '../../core/fact.js';
import type { Judgement } from '../../core/judgement.js';
import {
  componentOf,
  isProduct,
  productOf,
  productReasons,
  type Component,
  type Product,
} from './product.js';

/** An application together with what it is. */
export interface Subject {
  readonly app: ApplicationView;
  readonly product: Product;
}

type Texts<P extends z.ZodType> = Omit<
  ControlSpec<'application', P>,
  'scope' | 'evaluate' | 'remediate' | 'effect'
>;

/** A control on Kafka, on ZooKeeper, or on both. */
export interface ProductControl<P extends z.ZodType> extends Texts<P> {
  readonly on: readonly Component[];
  readonly evaluate: (subject: Subject, context: Context<z.output<P>>) => Judgement;
  readonly remediate?: (
    subject: Subject,
    context: Context<z.output<P>>,
    judgement: Judgement,
  ) => readonly Remedy[];
  readonly effect?: (subject: Subject, context: Context<z.output<P>>) => Judgement;
}

/**
 * Defines a control that says nothing of the component that it is not about, and `not-applicable` of a charm of
 * another family that only has the name.
 */
export function productControl<P extends z.ZodType>(spec: ProductControl<P>): Control {
  const { on, evaluate, remediate, effect, ...texts } = spec;
  return defineControl<'application', P>({
    ...texts,
    scope: 'application',
    reasons: { ...productReasons, ...texts.reasons },
    evaluate(app, context) {
      const component = componentIn(app);
      if (component !== undefined && !on.includes(component)) return [];
      const product = productOf(app);
      return isProduct(product) ? evaluate({ app, product }, context) : product;
    },
    ...(remediate === undefined ? {} : { remediate: remedying(remediate) }),
    ...(effect === undefined ? {} : { effect: effective(effect) }),
  });
}

function componentIn(app: ApplicationView): Component | undefined {
  const charm = valueOf(app.get('charm'));
  return charm && componentOf(charm);
}

function remedying<P extends z.ZodType>(
  remediate: NonNullable<ProductControl<P>['remediate']>,
): NonNullable<ControlSpec<'application', P>['remediate']> {
  return (app, context, judgement) => {
    const product = productOf(app);
    return isProduct(product) ? remediate({ app, product }, context, judgement) : [];
  };
}

function effective<P extends z.ZodType>(
  effect: NonNullable<ProductControl<P>['effect']>,
): NonNullable<ControlSpec<'application', P>['effect']> {
  return (app, context) => {
    const product = productOf(app);
    return isProduct(product) ? effect({ app, product }, context) : product;
  };
}
