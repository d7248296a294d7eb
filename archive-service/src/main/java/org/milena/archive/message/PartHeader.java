package org.milena.archive.message;

import org.milena.common.header.ParameterizedHeader;

/**
 * What a leaf of the MIME tree says of itself.
 *
 * @param path {@code 2.1}: the first part of the second part
 * @param type media type in lower case
 * @param alternatives the innermost multipart/alternative it is in, as its path; empty for none
 * @param related whether it is in a multipart/related, that is, part of a page
 */
record PartHeader(
    String path,
    String type,
    ParameterizedHeader contentType,
    ParameterizedHeader disposition,
    String alternatives,
    boolean related) {

  /** The file name the message claims; may be empty. */
  String claimedName() {
    return disposition
        .parameter("filename")
        .or(() -> contentType.parameter("name"))
        .map(String::strip)
        .orElse("");
  }

  String charset() {
    return contentType.parameter("charset").orElse("");
  }

  boolean isAttachment() {
    return disposition.value().equals("attachment");
  }

  boolean isMessage() {
    return type.equals("message/rfc822") || type.equals("message/global");
  }
}
