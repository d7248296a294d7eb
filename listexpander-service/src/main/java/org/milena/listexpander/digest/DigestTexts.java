package org.milena.listexpander.digest;

import org.milena.common.directory.MailingList;

/** What stands around the posts of a digest or a summary, in lines that end in LF. */
public interface DigestTexts {

  /** On top: what the list is, and how to write to it and to leave. */
  String masthead(MailingList list);

  /** The list's own words below that; empty for none. */
  String header(MailingList list);

  /** The list's own words behind the posts; empty for none. */
  String footer(MailingList list);
}
