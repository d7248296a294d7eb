package org.milena.common.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;

/**
 * The duty to hand one message to some recipients at one destination. Some hundreds of recipients
 * at most; the message is pointed at, so a recipient costs the bytes of its address.
 *
 * @param destination the domain the recipients share, A-label, lower case
 * @param createdAt when the duty began; the retry schedule counts from here
 * @param reportTo who is told of recipients that fail for good (RFC 5321 section 6.1): the sender
 *     of relayed mail, where it is proven that this is the sender; absent for all else, and in
 *     records of version 0.1.0
 * @param personal what else of each copy is its recipient's own; absent where nothing is, and in
 *     records of version 0.1.0
 * @param tracked true where the list counts what becomes of these copies, else null
 */
public record Delivery(
    MailPointer content,
    OutgoingMeta.Kind kind,
    @Nullable ListId list,
    String destination,
    ReturnPath returnPath,
    @Nullable UnsubscribeLink unsubscribe,
    List<MailAddress> recipients,
    Instant createdAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable MailAddress reportTo,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable PersonalCopies personal,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean tracked) {

  public Delivery {
    recipients = List.copyOf(recipients);
    if (recipients.isEmpty()) {
      throw new IllegalArgumentException("a delivery without recipients");
    }
    if (personal != null
        && !personal.names().isEmpty()
        && personal.names().size() != recipients.size()) {
      throw new IllegalArgumentException("a delivery with other names than recipients");
    }
  }

  /** A delivery whose copies nobody counts, and that are the same for all but for the way back. */
  public Delivery(
      MailPointer content,
      OutgoingMeta.Kind kind,
      @Nullable ListId list,
      String destination,
      ReturnPath returnPath,
      @Nullable UnsubscribeLink unsubscribe,
      List<MailAddress> recipients,
      Instant createdAt,
      @Nullable MailAddress reportTo) {
    this(
        content,
        kind,
        list,
        destination,
        returnPath,
        unsubscribe,
        recipients,
        createdAt,
        reportTo,
        null,
        null);
  }

  /** A delivery of whose failure nobody is told. */
  public Delivery(
      MailPointer content,
      OutgoingMeta.Kind kind,
      @Nullable ListId list,
      String destination,
      ReturnPath returnPath,
      @Nullable UnsubscribeLink unsubscribe,
      List<MailAddress> recipients,
      Instant createdAt) {
    this(
        content,
        kind,
        list,
        destination,
        returnPath,
        unsubscribe,
        recipients,
        createdAt,
        null,
        null,
        null);
  }

  /** The name of a recipient; empty where none is known. */
  public String name(MailAddress recipient) {
    if (personal == null || personal.names().isEmpty()) {
      return "";
    }
    int index = recipients.indexOf(recipient);
    return index < 0 ? "" : personal.names().get(index);
  }

  /**
   * The same duty for some of its recipients only.
   *
   * @param some each one of its own
   */
  public Delivery only(List<MailAddress> some) {
    PersonalCopies own =
        personal == null || personal.names().isEmpty()
            ? personal
            : new PersonalCopies(
                personal.ownTo(), personal.leavePrefix(), some.stream().map(this::name).toList());
    return new Delivery(
        content,
        kind,
        list,
        destination,
        returnPath,
        unsubscribe,
        some,
        createdAt,
        reportTo,
        own,
        tracked);
  }
}
