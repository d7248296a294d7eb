package org.milena.common.settings;

/** How moderators hear of what waits for them. */
public enum ModeratorNotices {
  /** A mail for each, as it comes. */
  EACH,
  /** One mail a day with all that waits. */
  DAILY,
  /** Not at all: they look. */
  NONE
}
