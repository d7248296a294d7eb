package org.milena.listexpander.notice;

/** How often a list says something in a span of time. */
final class AnswerLimits {
  /** Most answers to one address a day, from one list. */
  static final int ANSWERS_A_DAY = 10;

  /** Most notices about held posts an hour, from one list. */
  static final int HOLD_NOTICES_AN_HOUR = 12;

  private AnswerLimits() {}
}
