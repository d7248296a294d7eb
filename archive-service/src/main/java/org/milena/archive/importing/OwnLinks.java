package org.milena.archive.importing;

import java.util.Optional;
import org.milena.common.event.ArchiveId;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.mail.ListId;

/**
 * Recognises what this site has archived before, by the two fields that every archived post begins
 * with: List-Id (RFC 2919) and Archived-At (RFC 5064). Whether that is true is for others to find
 * out: anybody can write such fields.
 */
public final class OwnLinks {
  private static final String MESSAGE = "/message/";

  private final String archive;

  /**
   * @param siteUrl where the site answers
   */
  public OwnLinks(String siteUrl) {
    String base = siteUrl.endsWith("/") ? siteUrl.substring(0, siteUrl.length() - 1) : siteUrl;
    this.archive = base + "/archive/";
  }

  /** The archive id that this message claims to have on this list. */
  Optional<ArchiveId> claim(HeaderBlock header, ListId list) {
    boolean ours =
        header
            .first("List-Id")
            .map(field -> field.value().strip().endsWith("<" + list.value() + ">"))
            .orElse(false);
    return ours
        ? header.first("Archived-At").map(HeaderField::value).flatMap(this::id)
        : Optional.empty();
  }

  private Optional<ArchiveId> id(String field) {
    String url = field.strip();
    if (!url.startsWith("<" + archive) || !url.endsWith(">")) {
      return Optional.empty();
    }
    int at = url.indexOf(MESSAGE, archive.length());
    if (at < 0) {
      return Optional.empty();
    }
    String id = url.substring(at + MESSAGE.length(), url.length() - 1);
    return ArchiveId.isOne(id) ? Optional.of(ArchiveId.of(id)) : Optional.empty();
  }
}
