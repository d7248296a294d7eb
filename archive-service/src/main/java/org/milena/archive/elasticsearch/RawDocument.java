package org.milena.archive.elasticsearch;

import org.milena.common.event.ArchiveId;
import org.milena.common.mail.ListId;

/**
 * A piece of a message's bytes; field for field {@code raw-v2.json}.
 *
 * @param part from 0
 * @param size of the whole message
 * @param sha256 of the whole message
 * @param bytes of this piece, Base64: the message is compressed (RFC 1950) and then cut
 */
record RawDocument(
    ArchiveId post, ListId list, int part, int parts, int size, String sha256, String bytes) {

  static String id(ArchiveId post, int part) {
    return post.value() + "." + part;
  }
}
