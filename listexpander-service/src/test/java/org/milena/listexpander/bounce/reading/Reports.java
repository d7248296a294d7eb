package org.milena.listexpander.bounce.reading;

import java.nio.charset.StandardCharsets;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.RawMessage;

/** Mails that come back, written for these tests. */
final class Reports {
  static final MailAddress LIST = MailAddress.of("walkers@lists.example");

  static final String DAEMON = "From: Mail Delivery System <MAILER-DAEMON@mx.far.example>\n";

  /** A delivery report with this machine-readable part. */
  static String deliveryStatus(String fields) {
    return """
    Return-Path: <>
    %sTo: walkers-bounces+tag@lists.example
    Subject: Undelivered Mail Returned to Sender
    Content-Type: multipart/report; report-type=delivery-status; boundary="=b"

    --=b
    Content-Type: text/plain

    This is the mail system at mx.far.example.

    --=b
    Content-Type: message/delivery-status

    Reporting-MTA: dns; mx.far.example

    %s
    --=b
    Content-Type: message/rfc822

    Return-Path: <walkers-bounces+tag@lists.example>
    Message-ID: <sunday@walkers.example>
    List-Id: Sunday walks <walkers.lists.example>
    From: ann@walkers.example
    To: walkers@lists.example
    Subject: Sunday

    We meet at the bridge.
    --=b--
    """
        .formatted(DAEMON, fields);
  }

  /** Plain prose of a mail server. */
  static String prose(String body) {
    return """
    Return-Path: <>
    %sTo: walkers-bounces+tag@lists.example
    Subject: failure notice

    %s\
    """
        .formatted(DAEMON, body);
  }

  static Returned read(String mail) {
    return BounceReader.read(message(mail), LIST::equals);
  }

  static RawMessage message(String mail) {
    return RawMessage.wrap(mail.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  private Reports() {}
}
