package org.milena.scanner;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.milena.common.event.ClientFacts;
import org.milena.common.event.MailMeta;
import org.milena.common.event.RecordType;
import org.milena.common.event.Route;
import org.milena.common.event.RoutedRecipient;
import org.milena.common.event.Topics;
import org.milena.common.mail.ForwardPath;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;
import org.milena.common.mail.ReversePath;
import org.milena.common.stage.MailRecords;
import org.milena.common.stage.OutRecord;

/** Mail as the edge writes it. */
public final class ReceivedMail {

  public static final ListId USERS = ListId.of("users.lists.example.org");
  public static final ListId DEV = ListId.of("dev.lists.example.org");
  public static final Instant RECEIVED_AT = Instant.parse("2026-11-21T20:00:00Z");

  private static final Random RANDOM = new Random(7);

  private ReceivedMail() {}

  public static MailId nextId() {
    return MailId.next(InstantSource.system(), RANDOM);
  }

  /** With these recipients. */
  public static MailMeta meta(MailId id, RawMessage message, RoutedRecipient... recipients) {
    return new MailMeta(
        id,
        RECEIVED_AT,
        ReversePath.of("milena@example.org"),
        List.of(recipients),
        new MailMeta.BodyFacts(true, false),
        new ClientFacts("192.0.2.1", "mail.example.org", "ESMTPS", null, null),
        message.sha256(),
        null);
  }

  public static OutRecord record(MailMeta meta, RawMessage message) {
    return MailRecords.mail(
        Topics.RECEIVED, null, RecordType.RECEIVED_MAIL, meta, meta.mailId(), message);
  }

  public static RoutedRecipient post(ListId list) {
    return to(list.value().replaceFirst("\\.", "@"), new Route.ListPost(list));
  }

  public static RoutedRecipient to(String address, Route route) {
    return new RoutedRecipient(ForwardPath.of(address), route);
  }
}
