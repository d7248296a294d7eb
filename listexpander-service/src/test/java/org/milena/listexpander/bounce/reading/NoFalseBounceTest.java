package org.milena.listexpander.bounce.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.listexpander.bounce.reading.Reports.deliveryStatus;
import static org.milena.listexpander.bounce.reading.Reports.read;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.ReversePath;

/** Mail that looks like a failure, or comes where failures come, and is none. */
class NoFalseBounceTest {
  private static final MailAddress BEN = MailAddress.of("ben@far.example");

  private static final String FAILURE =
      """
      The following address(es) failed:

        eva@far.example
          550 5.1.1 user unknown

      <kim@far.example>:
      550 no such user
      """;

  @Test
  void aPersonWhoQuotesAReportIsNoMailServer() {
    assertThat(
            read(
                "From: Ben <ben@far.example>\nSubject: failure notice\n\nI got this, why?\n\n"
                    + FAILURE))
        .isEqualTo(new Returned.NotABounce());
  }

  @Test
  void theEnvelopeCountsMoreThanWhatTheHeaderSaysOfIt() {
    String mail =
        "Return-Path: <>\nFrom: Ben <ben@far.example>\nSubject: failure notice\n\n" + FAILURE;
    assertThat(
            BounceReader.read(
                Reports.message(mail), ReversePath.of("ben@far.example"), Reports.LIST::equals))
        .isEqualTo(new Returned.NotABounce());
    assertThat(
            BounceReader.read(
                Reports.message(mail.replace("Return-Path: <>\n", "")),
                new ReversePath.Null(),
                Reports.LIST::equals))
        .isInstanceOf(Returned.Failed.class);
  }

  @Test
  void aPostmasterWhoAsksAboutAReportIsNoMailServer() {
    assertThat(
            read(
                "Return-Path: <postmaster@far.example>\nFrom: Ben <postmaster@far.example>\n"
                    + "Subject: Re: failure notice\nReferences: <a@b.example>\n\n"
                    + FAILURE
                    + "\n"
                    + "Final-Recipient: rfc822; eva@far.example\n"
                    + "Action: failed\n"
                    + "Status: 5.1.1\n"))
        .isEqualTo(new Returned.NotABounce());
  }

  @Test
  void aReportThatAMemberPassesOnFailsNobody() {
    String inside =
        deliveryStatus("Final-Recipient: rfc822; eva@far.example\nAction: failed\nStatus: 5.1.1\n");
    assertThat(
            read(
                "From: Ben <ben@far.example>\nSubject: Fwd: Undelivered Mail Returned to Sender\n"
                    + "Content-Type: multipart/mixed; boundary=out\n\n--out\n\nSee below\n--out\n"
                    + "Content-Type: message/rfc822\n\n"
                    + inside
                    + "\n--out--\n"))
        .isEqualTo(new Returned.NotABounce());
  }

  @Test
  void aVacationAnswerIsOneWhateverItSays() {
    String away =
        "I am away. In urgent cases write to the following address:\n\n  eva@far.example\n";
    for (String sign :
        List.of(
            "Auto-Submitted: auto-replied (vacation)\nSubject: failure notice\n",
            "X-Autoreply: yes\nSubject: Undeliverable: walk\n",
            "Precedence: auto_reply\nSubject: walk\n",
            "Subject: Automatic reply: Delivery failure\n",
            "Subject: Out of office: returned mail\n")) {
      assertThat(
              read("Return-Path: <>\nFrom: Ben <ben@far.example>\n" + sign + "\n" + away + FAILURE))
          .as(sign)
          .isEqualTo(new Returned.AutoReply(Optional.of(BEN)));
      assertThat(
              read(
                  "Return-Path: <>\nFrom: <postmaster@far.example>\n"
                      + sign
                      + "\n"
                      + away
                      + FAILURE))
          .as("of an office: " + sign)
          .isInstanceOf(Returned.AutoReply.class);
    }
  }

  @Test
  void aServersMailThatNamesNobodyAsFailedFailsNobody() {
    assertThat(
            read(
                Reports.prose(
                    """
                    Your mailbox is nearly full. For help write to the following address:

                      help@far.example

                    Delivery of new mail may be rejected.
                    """)))
        .isEqualTo(new Returned.NotABounce());
  }

  @Test
  void aComplaintNamesWhoComplainedAndTheMail() {
    String mail =
        """
        From: <fbl@provider.example>
        Subject: FW: walk
        Content-Type: multipart/report; report-type=feedback-report; boundary=f

        --f
        Content-Type: text/plain

        This is a report of abuse.
        --f
        Content-Type: message/feedback-report

        Feedback-Type: Abuse
        User-Agent: Loop/1
        Original-Mail-From: <walkers-bounces+tag@lists.example>
        Original-Rcpt-To: <ben@far.example>
        Original-Rcpt-To: <walkers@lists.example>
        --f
        Content-Type: text/rfc822-headers

        Message-ID: <sunday@walkers.example>
        List-Id: <walkers.lists.example>
        --f--
        """;
    assertThat(read(mail))
        .isInstanceOfSatisfying(
            Returned.Complaint.class,
            complaint -> {
              assertThat(complaint.feedbackType()).isEqualTo("abuse");
              assertThat(complaint.recipients()).containsExactly(BEN);
              assertThat(complaint.original().returnPath())
                  .contains(MailAddress.of("walkers-bounces+tag@lists.example"));
              assertThat(complaint.original().listId()).contains("<walkers.lists.example>");
            });
    assertThat(read(mail.replace("Feedback-Type: Abuse", "Feedback-Type: auth-failure")))
        .isEqualTo(new Returned.DmarcReport());
  }

  @Test
  void theDailyReportOfADomainIsNoFailure() {
    assertThat(
            read(
                "From: <noreply@provider.example>\nSubject: Report Domain: lists.example Submitter:"
                    + " provider.example Report-ID: <7>\nContent-Type: application/gzip;"
                    + " name=\"provider.example!lists.example!1!2.xml.gz\"\n\nH4sI\n"))
        .isEqualTo(new Returned.DmarcReport());
  }

  @Test
  void aReceiptIsNoFailure() {
    assertThat(
            read(
                """
                From: Ben <ben@far.example>
                Subject: Not read: walk
                Content-Type: multipart/report; report-type=disposition-notification; boundary=r

                --r
                Content-Type: text/plain

                Your message was deleted without being read; it failed to interest
                the following recipient:

                  eva@far.example
                --r
                Content-Type: message/disposition-notification

                Final-Recipient: rfc822;eva@far.example
                Original-Message-ID: <sunday@walkers.example>
                Disposition: manual-action/MDN-sent-manually; deleted
                --r--
                """))
        .isInstanceOfSatisfying(
            Returned.ReadReceipt.class,
            receipt -> {
              assertThat(receipt.disposition()).isEqualTo("deleted");
              assertThat(receipt.original().messageId())
                  .contains(new MessageId("sunday@walkers.example"));
              assertThat(receipt.recipient()).contains(MailAddress.of("eva@far.example"));
            });
  }
}
