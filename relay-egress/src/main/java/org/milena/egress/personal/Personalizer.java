package org.milena.egress.personal;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.Delivery;
import org.milena.common.event.PersonalCopies;
import org.milena.common.event.PersonalMark;
import org.milena.common.event.PersonalValue;
import org.milena.common.event.ReturnPath;
import org.milena.common.event.UnsubscribeLink;
import org.milena.common.failure.UnreadableRecordException;
import org.milena.common.header.HeaderMailbox;
import org.milena.common.header.OneLine;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.RawMessage;
import org.milena.common.mail.ReversePath;
import org.milena.common.outgoing.QuotedPrintable;
import org.milena.common.token.SignedTokens;
import org.milena.common.token.UnsubscribeTokens;
import org.milena.common.token.VerpTags;

/**
 * Makes copies: variable envelope return path, one-click unsubscription (RFC 8058), and what the
 * texts of a list and {@code To} say of the recipient.
 */
public final class Personalizer {
  /** Longest name, in characters. */
  private static final int MAX_NAME = 120;

  private static final RawMessage NOTHING = RawMessage.wrap(new byte[0]);

  private final VerpTags tags;
  private final UnsubscribeTokens leaving;
  private final InstantSource clock;

  public Personalizer(VerpTags tags, SignedTokens tokens, InstantSource clock) {
    this.tags = tags;
    this.leaving = new UnsubscribeTokens(tokens);
    this.clock = clock;
  }

  /** Whether each recipient's copy is its own, and so needs a transaction of its own. */
  public static boolean isPersonal(Delivery delivery) {
    return delivery.returnPath() instanceof ReturnPath.Verp
        || delivery.unsubscribe() != null
        || delivery.personal() != null;
  }

  /**
   * Looks whether copies can be made.
   *
   * @throws UnreadableRecordException when the delivery asks for what only a list has, and names
   *     none
   */
  public static void check(Delivery delivery) {
    if (isPersonal(delivery) && delivery.list() == null) {
      throw new UnreadableRecordException("a delivery with personal copies names no list");
    }
  }

  /**
   * The copy of one recipient; of each one, where copies are not personal.
   *
   * @param marks of the content
   */
  public Copy copyFor(Delivery delivery, List<PersonalMark> marks, MailAddress recipient) {
    ListId list = delivery.list();
    ReversePath path =
        switch (delivery.returnPath()) {
          case ReturnPath.Fixed(ReversePath fixed) -> fixed;
          case ReturnPath.Verp(MailAddress bounces) -> verp(bounces, named(list), recipient);
        };
    UnsubscribeLink link = delivery.unsubscribe();
    PersonalCopies personal = delivery.personal();
    if (personal == null) {
      RawMessage prefix = link == null ? NOTHING : octets(fields(link, named(list), recipient));
      return new Copy(path, prefix, List.of());
    }
    HeaderMailbox reader =
        new HeaderMailbox(OneLine.of(delivery.name(recipient), MAX_NAME), recipient);
    String prefix =
        (link == null ? "" : fields(link, named(list), recipient))
            + (personal.ownTo() ? to(reader) : "");
    List<RawMessage> insertions =
        marks.stream()
            .map(mark -> value(mark.value(), personal, named(list), reader))
            .map(value -> RawMessage.wrap(QuotedPrintable.insertion(value)))
            .toList();
    return new Copy(path, octets(prefix), insertions);
  }

  private String value(
      PersonalValue value, PersonalCopies personal, ListId list, HeaderMailbox reader) {
    String prefix = personal.leavePrefix();
    return switch (value) {
      case EMAIL -> reader.address().toString();
      case NAME -> reader.displayName();
      case NAME_OR_EMAIL ->
          reader.displayName().isEmpty() ? reader.address().toString() : reader.displayName();
      case LEAVE_URL -> prefix == null ? "" : prefix + leaving.issue(list, reader.address());
    };
  }

  /** Folded where it may be; the name is quoted or encoded, and brings no lines. */
  private static String to(HeaderMailbox reader) {
    return "To: "
        + reader.toString().replace("?= =?", "?=\r\n =?").replace("?= <", "?=\r\n <")
        + "\r\n";
  }

  private static RawMessage octets(String fields) {
    return RawMessage.wrap(fields.getBytes(StandardCharsets.UTF_8));
  }

  private static ListId named(@Nullable ListId list) {
    return Objects.requireNonNull(list, "checked before");
  }

  private ReversePath verp(MailAddress bounces, ListId list, MailAddress recipient) {
    String tag = tags.tag(list, recipient, clock.instant());
    return new ReversePath.Mailbox(bounces.withLocalPart(bounces.localPart() + "+" + tag));
  }

  private String fields(UnsubscribeLink link, ListId list, MailAddress recipient) {
    String token = leaving.issue(list, recipient);
    StringBuilder text =
        new StringBuilder(300)
            .append("List-Unsubscribe: <")
            .append(link.urlPrefix())
            .append(token)
            .append(">,\r\n <mailto:")
            .append(link.mailto())
            .append(">\r\n");
    // only with HTTPS (RFC 8058 section 3.1)
    if (link.urlPrefix().regionMatches(true, 0, "https://", 0, 8)) {
      text.append("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
    }
    return text.toString();
  }
}
