package org.milena.scanner.authentication.spf;

/** What the text of a policy is. */
sealed interface ParsedRecord {

  /** One that can be evaluated. */
  record Valid(SpfRecord record) implements ParsedRecord {}

  /** One with an error anywhere (RFC 7208 section 4.6). */
  record Invalid(String reason) implements ParsedRecord {}
}
