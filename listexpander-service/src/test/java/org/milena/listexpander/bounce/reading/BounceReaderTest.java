package org.milena.listexpander.bounce.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.milena.listexpander.bounce.reading.Reports.deliveryStatus;
import static org.milena.listexpander.bounce.reading.Reports.prose;
import static org.milena.listexpander.bounce.reading.Reports.read;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MessageId;
import org.milena.common.status.EnhancedStatus;

class BounceReaderTest {
  private static final MailAddress BEN = MailAddress.of("ben@far.example");

  private static List<ReturnedRecipient> failed(String mail) {
    assertThat(read(mail)).isInstanceOf(Returned.Failed.class);
    return ((Returned.Failed) read(mail)).recipients();
  }

  private static ReturnedRecipient onlyFailed(String mail) {
    assertThat(failed(mail)).hasSize(1);
    return failed(mail).getFirst();
  }

  @Test
  void aDeliveryReportNamesTheRecipientTheCodesAndTheMail() {
    String mail =
        deliveryStatus(
            """
            Final-Recipient: rfc822; ben@far.example
            Original-Recipient: rfc822;ben@near.example
            Action: failed
            Status: 5.1.1
            Diagnostic-Code: smtp; 550 5.1.1 No such person
                here
            """);
    ReturnedRecipient recipient = onlyFailed(mail);
    assertThat(recipient.address()).contains(BEN);
    assertThat(recipient.original()).contains(MailAddress.of("ben@near.example"));
    assertThat(recipient.status()).contains(EnhancedStatus.of("5.1.1"));
    assertThat(recipient.reply().map(reply -> reply.code())).contains(550);
    assertThat(recipient.failure()).isEqualTo(FailureClass.HARD);
    assertThat(recipient.reason()).isEqualTo("550 5.1.1 No such person here");
    OriginalMail original = ((Returned.Failed) read(mail)).original();
    assertThat(original.messageId()).contains(new MessageId("sunday@walkers.example"));
    assertThat(original.listId()).contains("Sunday walks <walkers.lists.example>");
    assertThat(original.returnPath()).contains(MailAddress.of("walkers-bounces+tag@lists.example"));
  }

  @Test
  void whatTheHostSaidCountsWhereTheStatusSaysNothing() {
    ReturnedRecipient recipient =
        onlyFailed(
            deliveryStatus(
                """
                FINAL-RECIPIENT: RFC822;ben@far.example
                ACTION: Failed
                STATUS: 5.0.0
                DIAGNOSTIC-CODE: SMTP; 550 5.7.26 This mail is unauthenticated
                """));
    assertThat(recipient.status()).contains(EnhancedStatus.of("5.7.26"));
    assertThat(recipient.failure()).isEqualTo(FailureClass.POLICY);
  }

  @Test
  void aReportOfSeveralRecipientsTellsThemApart() {
    String mail =
        deliveryStatus(
            """
            Final-Recipient: rfc822; ben@far.example
            Action: failed
            Status: 5.1.1

            Final-Recipient: rfc822; eva@far.example
            Action: delayed
            Status: 4.4.1

            Final-Recipient: rfc822; kim@far.example
            Action: delivered
            Status: 2.1.5
            """);
    assertThat(failed(mail))
        .extracting(found -> found.address().orElseThrow().localPart(), ReturnedRecipient::failure)
        .containsExactly(tuple("ben", FailureClass.HARD), tuple("eva", FailureClass.DELAYED));
  }

  @Test
  void groupsWithoutAnEmptyLineBetweenThemAreToldApart() {
    assertThat(
            failed(
                deliveryStatus(
                    """
                    Final-Recipient: rfc822; ben@far.example
                    Action: failed
                    Status: 5.1.1
                    Final-Recipient: rfc822; eva@far.example
                    Action: failed
                    Status: 5.2.2
                    """)))
        .extracting(ReturnedRecipient::failure)
        .containsExactly(FailureClass.HARD, FailureClass.SOFT);
  }

  @Test
  void anInternationalAddressIsRead() {
    assertThat(
            onlyFailed(
                    deliveryStatus(
                        """
                        Final-Recipient: utf-8; j\\x{F6}rg@far.example
                        Action: failed
                        Status: 5.1.1
                        """))
                .address())
        .contains(MailAddress.of("j\u00F6rg@far.example"));
  }

  @Test
  void aWaitingMailIsDelayedAndADeliveredOneDelivered() {
    assertThat(
            read(
                deliveryStatus(
                    """
                    Final-Recipient: rfc822; ben@far.example
                    Action: delayed
                    Status: 4.4.1
                    """)))
        .isInstanceOfSatisfying(
            Returned.Delayed.class,
            delayed ->
                assertThat(delayed.recipients().getFirst().failure())
                    .isEqualTo(FailureClass.DELAYED));
    assertThat(
            read(
                deliveryStatus(
                    """
                    Final-Recipient: rfc822; ben@far.example
                    Action: relayed
                    Status: 2.0.0
                    """)))
        .isInstanceOf(Returned.Delivered.class);
  }

  @Test
  void ourAddressAndTheReportersAreNeverTheOneThatFailed() {
    assertThat(
            onlyFailed(
                    deliveryStatus(
                        """
                        Final-Recipient: rfc822; walkers@lists.example
                        Action: failed
                        Status: 5.1.1
                        """))
                .address())
        .isEmpty();
    assertThat(
            onlyFailed(
                    deliveryStatus(
                        """
                        Final-Recipient: rfc822; MAILER-DAEMON@mx.far.example
                        Action: failed
                        Status: 5.1.1
                        """))
                .address())
        .isEmpty();
    assertThat(
            onlyFailed(
                    prose(
                        "Delivery failed. The following addresses failed:\n\n"
                            + "  walkers@lists.example\n"))
                .address())
        .isEmpty();
  }

  @Test
  void aReportWhoseBoundariesAreGoneIsStillRead() {
    String broken =
        deliveryStatus(
                """
                Final-Recipient: rfc822; ben@far.example
                Action: failed
                Status: 5.2.2
                """)
            .replace("--=b", "--=c");
    ReturnedRecipient recipient = onlyFailed(broken);
    assertThat(recipient.address()).contains(BEN);
    assertThat(recipient.failure()).isEqualTo(FailureClass.SOFT);
  }

  @Test
  void aReportWithoutItsMachinePartIsReadAsProse() {
    String mail =
        deliveryStatus("").replace("This is the mail system", "<ben@far.example>: user unknown");
    assertThat(onlyFailed(mail).address()).contains(BEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Hi. I was not able to bring your letter.\n\n<ben@far.example>:\n550 no such user\n",
        "The following address(es) failed:\n\n  ben@far.example\n    Unrouteable address\n",
        "The following\naddress failed:\n\n\"ben@far.example\":\nunknown user\n",
        "Delivery to the following recipients failed permanently:\n\n"
            + "   * ben@far.example\n\n"
            + "550 no such user\n",
        "did not reach the following recipient(s):\n\nben@far.example on Mon, 1 Jun 2026\n"
            + "    The recipient name is not recognized\n",
        "   ----- The following addresses had permanent fatal errors -----\n<ben@far.example>\n"
            + "    (reason: 550 5.1.1 gone)\n",
        "   ----- Transcript of session follows -----\n550 ben@far.example... User unknown\n",
        "Your message\n  Subject: walk\nwas not delivered to:\n  ben@far.example\nbecause:\n"
            + "  not listed in the directory\n",
        "There was an error delivering your mail to <ben@far.example>.\n550 5.1.1 nobody\n",
        "Unable to deliver message to: <ben@far.example>\nno such user\n",
        "Unknown user: ben@far.example\n\nOriginal message follows.\n",
        "Could not deliver message to the following recipient(s):\n\n"
            + "Failed Recipient: ben@far.example\n"
            + "Reason: Remote host said: 550 unknown user\n"
      })
  void theFamiliesOfMailServersAreKnownByTheirProse(String text) {
    ReturnedRecipient recipient = onlyFailed(prose(text));
    assertThat(recipient.address()).contains(BEN);
    assertThat(recipient.failure()).isEqualTo(FailureClass.HARD);
  }

  @Test
  void proseOfSeveralRecipientsGivesEachItsOwnReason() {
    assertThat(
            failed(
                prose(
                    """
                    I could not deliver your mail to these addresses.

                    <ben@far.example>:
                    550 5.1.1 no such user

                    <eva@far.example>:
                    552 5.2.2 mailbox full

                    <kim@far.example>:
                    554 5.7.1 looks like spam

                    --- Below this line is a copy of the message.

                    <not@here.example>:
                    """)))
        .extracting(found -> found.address().orElseThrow().localPart() + " " + found.failure())
        .containsExactly("ben HARD", "eva SOFT", "kim POLICY");
  }

  @Test
  void whomExpansionLedToIsGivenWithTheAddressTheMailWasSentTo() {
    ReturnedRecipient recipient =
        onlyFailed(
            prose(
                """
                The following address(es) failed:

                  ben@far.example
                    (generated from walks@near.example)
                    mailbox is full
                """));
    assertThat(recipient.address()).contains(BEN);
    assertThat(recipient.original()).contains(MailAddress.of("walks@near.example"));
    assertThat(recipient.failure()).isEqualTo(FailureClass.SOFT);
  }

  @Test
  void aFailedRecipientOfTheHeaderCountsWhateverLanguageTheProseIsIn() {
    String mail =
        prose("Leider nein.\n")
            .replace("Subject:", "X-Failed-Recipients: ben@far.example\nSubject:");
    assertThat(onlyFailed(mail).address()).contains(BEN);
    assertThat(onlyFailed(mail).failure()).isEqualTo(FailureClass.SOFT);
  }

  @Test
  void aWarningInProseIsDelayed() {
    assertThat(
            read(
                prose(
                    """
                    THIS IS A WARNING MESSAGE ONLY.

                    Delivery to the following recipient has been delayed:

                         ben@far.example
                    """)))
        .isInstanceOfSatisfying(
            Returned.Delayed.class,
            delayed -> assertThat(delayed.recipients().getFirst().address()).contains(BEN));
  }

  @Test
  void aFailureThatHidesItsRecipientIsOneWithoutAddress() {
    ReturnedRecipient recipient =
        onlyFailed(prose("Your mail could not be delivered to our member: mailbox full.\n"));
    assertThat(recipient.address()).isEmpty();
    assertThat(recipient.failure()).isEqualTo(FailureClass.SOFT);
  }

  @Test
  void aWarningMayStandInTheSubject() {
    assertThat(
            read(
                prose(
                        "The following addresses had delivery errors\n\n"
                            + "ben@far.example [timed out]\n")
                    .replace("failure notice", "Warning: could not send message for past 4 hours")))
        .isInstanceOf(Returned.Delayed.class);
  }

  @Test
  void whomTheReportTellsToAskHasNotFailed() {
    assertThat(
            onlyFailed(
                    prose(
                        """
                        The following addresses failed:

                          ben@far.example
                            550 5.1.1 no such user

                        If that surprises you write to

                          postmaster@far.example

                        eva@far.example is his assistant.
                        """))
                .address())
        .contains(BEN);
  }

  @Test
  void aReportInHtmlOnlyIsRead() {
    String mail =
        prose(
                "<html><body><p>Delivery has failed to these recipients or groups:</p>"
                    + "<p><a href=\"mailto:ben@far.example\">ben@far.example</a><br>"
                    + "The address couldn&#39;t be found.</p></body></html>\n")
            .replace("Subject:", "Content-Type: text/html\nSubject:");
    assertThat(onlyFailed(mail).address()).contains(BEN);
    assertThat(onlyFailed(mail).failure()).isEqualTo(FailureClass.HARD);
  }

  @Test
  void theMailThatCameBackInProseIsKnownByItsHeader() {
    String mail =
        prose(
            """
            The following addresses failed:
              ben@far.example
            ------ This is a copy of the message, including all the headers. ------

            Return-path: <walkers-bounces+tag@lists.example>
            Message-ID: <sunday@walkers.example>
            """);
    assertThat(((Returned.Failed) read(mail)).original())
        .isEqualTo(
            new OriginalMail(
                Optional.of(new MessageId("sunday@walkers.example")),
                Optional.empty(),
                Optional.of(MailAddress.of("walkers-bounces+tag@lists.example"))));
  }
}
