package org.milena.scanner.authentication;

import org.milena.common.event.AuthenticationReport;
import org.milena.common.event.MailMeta;
import org.milena.common.mail.RawMessage;

/** Finds out who really sent a mail, and writes that into it. */
public interface Provenance {

  /** What can be proven. Takes a bounded time; trouble is a result, too. */
  AuthenticationReport check(MailMeta meta, RawMessage message);

  /** The message with the results in a field on top, and without those it brought in our name. */
  RawMessage stamp(MailMeta meta, RawMessage message, AuthenticationReport report);

  /** Checks nothing and writes nothing. */
  Provenance NONE =
      new Provenance() {
        @Override
        public AuthenticationReport check(MailMeta meta, RawMessage message) {
          return AuthenticationReport.NOT_CHECKED;
        }

        @Override
        public RawMessage stamp(MailMeta meta, RawMessage message, AuthenticationReport report) {
          return message;
        }
      };
}
