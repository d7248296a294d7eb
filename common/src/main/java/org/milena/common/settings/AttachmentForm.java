package org.milena.common.settings;

/** What becomes of attachments in the copies of a post. */
public enum AttachmentForm {
  /** They stay. */
  KEEP,
  /** A few lines with a link into the archive stand in the place of each. */
  LINK
}
