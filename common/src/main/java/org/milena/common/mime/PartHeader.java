package org.milena.common.mime;

import org.milena.common.header.ParameterizedHeader;

/**
 * What a leaf of the MIME tree says of itself.
 *
 * @param path {@code 2.1}: the first part of the second part
 * @param type media type in lower case
 * @param alternatives the innermost multipart/alternative it is in, as its path; empty for none
 * @param related whether it is in a multipart/related, that is, part of a page
 * @param contentId by which HTML names it, without angle brackets (RFC 2392); may be empty
 * @param contentLocation the address under which HTML names it (RFC 2557 section 4.2); may be empty
 */
public record PartHeader(
    String path,
    String type,
    ParameterizedHeader contentType,
    ParameterizedHeader disposition,
    String alternatives,
    boolean related,
    String contentId,
    String contentLocation) {

  /** The file name the message claims; may be empty. */
  public String claimedName() {
    return disposition
        .parameter("filename")
        .or(() -> contentType.parameter("name"))
        .map(String::strip)
        .orElse("");
  }

  /** The charset it claims; may be empty. */
  public String charset() {
    return contentType.parameter("charset").orElse("");
  }

  /** Whether it says that it is one. */
  public boolean isAttachment() {
    return disposition.value().equals("attachment");
  }

  /** Whether it is text that is read with the message, and no attachment. */
  public boolean isText() {
    return (type.equals("text/plain") || type.equals("text/html"))
        && !isAttachment()
        && claimedName().isEmpty();
  }

  /** Whether it is a whole message. */
  public boolean isMessage() {
    return type.equals("message/rfc822") || type.equals("message/global");
  }
}
