package org.milena.common.settings;

/** Who sees the members of a list. Owners and moderators always do. */
public enum RosterAccess {
  MODERATORS,
  MEMBERS,
  PUBLIC
}
