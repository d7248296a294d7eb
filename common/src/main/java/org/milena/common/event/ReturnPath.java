package org.milena.common.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ReversePath;

/** How the reverse-path of a delivery is made (RFC 5321 section 3.9.2). */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "returnPath")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ReturnPath.Fixed.class, name = "fixed"),
  @JsonSubTypes.Type(value = ReturnPath.Verp.class, name = "verp")
})
public sealed interface ReturnPath {

  /** The same for all recipients: one SMTP transaction serves many. */
  record Fixed(ReversePath path) implements ReturnPath {}

  /**
   * A signed tag for each recipient: one SMTP transaction each.
   *
   * @param bounces the list's bounce address, for instance {@code users-bounces@lists.example.org}
   */
  record Verp(MailAddress bounces) implements ReturnPath {}
}
