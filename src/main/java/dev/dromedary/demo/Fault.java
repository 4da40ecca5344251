package dev.dromedary.demo;

/**
 * A way to spoil the answer to one request. An immutable value that may be scripted any number of
 * times; thread-safe.
 *
 * <p>A fault distorts the answer the server would have given. So two are combined by distorting in
 * turn: {@code new Chunked().and(new CutAfter(10, false))}.
 */
public sealed interface Fault
    permits AnswerFault,
        BodyFault,
        FramingFault,
        RangeFault,
        WireFault,
        Fault.None,
        Fault.Both,
        Fault.Other {

  /** Returns the answer to put on the wire instead of {@code answer}. */
  Answer distort(Asked asked, Answer answer);

  /** Returns the fault that distorts what this one has distorted. */
  default Fault and(Fault next) {
    return new Both(this, next);
  }

  /** No fault: the place of a good answer in a script. */
  record None() implements Fault {
    @Override
    public Answer distort(Asked asked, Answer answer) {
      return answer;
    }
  }

  /** A fault that is defined elsewhere, such as beside the tests that need it. */
  non-sealed interface Other extends Fault {}

  /** Two faults in one answer, in this order. */
  record Both(Fault first, Fault second) implements Fault {
    @Override
    public Answer distort(Asked asked, Answer answer) {
      return second.distort(asked, first.distort(asked, answer));
    }
  }
}
