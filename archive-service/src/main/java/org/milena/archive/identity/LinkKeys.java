package org.milena.archive.identity;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.milena.common.event.PostMeta;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.RawMessage;

/**
 * The keys of a post. Each begins with what it is of:
 *
 * <ul>
 *   <li>{@code hk:} Message-ID-Hash of Mailman and HyperKitty, in capitals
 *   <li>{@code pm:} an id of Pony Mail, without the {@code @} and the list behind it
 *   <li>{@code sha3:} SHA3-256 of the octets, in hex: the name of a source in Pony Mail
 *   <li>{@code mid:} a Message-ID beside the one that counts, where a mail has several
 *   <li>{@code url:} path of a former address, with its leading slash
 * </ul>
 *
 * The other methods make the key to look for from what a link has.
 */
public final class LinkKeys {

  /** Lucene holds no term of more octets than 32,766; nobody has a link of a tenth. */
  private static final int MAX_LENGTH = 2_100;

  private static final int MAX_KEYS = 64;
  private static final List<String> PREFIXES = List.of("hk:", "pm:", "sha3:", "mid:", "url:");

  /**
   * All keys of a post.
   *
   * @param raw as the archive has it
   * @param messageId under which the archive has it
   */
  public static List<String> of(RawMessage raw, String messageId, PostMeta meta) {
    HeaderBlock header = HeaderBlock.of(raw);
    List<String> former = meta.formerKeys();
    // first of all, for a link that worked goes on working
    Set<String> keys = new LinkedHashSet<>(former == null ? List.of() : former);
    for (String id : MailmanHash.ids(header, messageId)) {
      keys.add(hash(MailmanHash.of(id)));
    }
    for (HeaderField field : header.all("Message-ID")) {
      for (MessageId id : MessageId.parseAll(field.value())) {
        if (!id.value().equals(messageId)) {
          keys.add("mid:" + id.value());
        }
      }
    }
    PonyMailIds pony = new PonyMailIds(raw, header, meta.list());
    pony.ids().forEach(id -> keys.add(ponyMail(id)));
    pony.sources().forEach(id -> keys.add("sha3:" + id));
    PostMeta.Imported imported = meta.imported();
    if (imported != null) {
      imported.urls().forEach(url -> keys.add(url(url)));
      for (String key : imported.keys()) {
        keys.add(key);
        if (PREFIXES.stream().noneMatch(key::startsWith)) {
          keys.add(ponyMail(key)); // nobody else gives names that do not follow from the octets
        }
      }
    }
    return keys.stream().filter(LinkKeys::isKey).limit(MAX_KEYS).toList();
  }

  private static boolean isKey(String key) {
    return !key.isEmpty() && key.length() <= MAX_LENGTH;
  }

  /**
   * The Message-ID-Hash under which HyperKitty has a message.
   *
   * @param messageId without angle brackets
   */
  public static String messageIdHash(String messageId) {
    return MailmanHash.ofHyperKitty(messageId);
  }

  /** Of a Message-ID-Hash; links have been seen in small letters too. */
  public static String hash(String hash) {
    return "hk:" + hash.toUpperCase(Locale.ROOT);
  }

  /** Of an id of Pony Mail, with its list or without: {@code <id>@<users.example.org>}. */
  public static String ponyMail(String id) {
    int list = id.indexOf('@');
    return "pm:" + (list < 0 ? id : id.substring(0, list));
  }

  /** Of a path on another archive, with its leading slash. */
  public static String url(String path) {
    return "url:" + path;
  }

  private LinkKeys() {}

  /** The forms in which the id of a list is part of what others hash. */
  static List<String> forms(ListId list, HeaderBlock header) {
    Set<String> forms = new LinkedHashSet<>();
    forms.add("<" + list.value() + ">");
    header
        .first("List-Id")
        .flatMap(field -> ListId.parse(field.value()))
        .ifPresent(named -> forms.add("<" + named.value() + ">"));
    forms.add(list.value());
    return List.copyOf(forms);
  }
}
