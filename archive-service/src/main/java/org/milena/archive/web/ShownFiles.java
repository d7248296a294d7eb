package org.milena.archive.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.milena.archive.message.Attachment;
import org.milena.archive.message.MessageParser;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.post.RawStore;
import org.milena.archive.rendering.MaskedMessage;
import org.milena.common.mail.RawMessage;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.ListAccess;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;

/**
 * Octets of posts as the caller of this request may have them, for the APIs of other archives. As
 * with our own downloads a browser saves them and never shows them.
 */
public final class ShownFiles {

  /** What writes to a response. */
  public interface Body {
    /**
     * Writes it.
     *
     * @param masked whether addresses are hidden
     */
    void write(boolean masked, OutputStream out) throws IOException;
  }

  /** An answer that broke off when its first part was out already. */
  public static final class BrokenOffException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BrokenOffException(Exception cause) {
      super(cause);
    }
  }

  private final MessageParser parser = new MessageParser();
  private final RawStore raws;
  private final Reader reader;

  /**
   * Of one archive.
   *
   * @param publicRaw whether strangers get whole messages of public lists
   */
  public ShownFiles(RawStore raws, ListAccess access, boolean publicRaw) {
    this.raws = raws;
    this.reader = new Reader(access, publicRaw);
  }

  /** Answers with a message. */
  public void message(ArchivedPost post, HttpServletResponse response) throws IOException {
    RawMessage kept = raw(post);
    RawMessage message = reader.mayHaveWholeMessages() ? kept : MaskedMessage.of(kept);
    prepare(response, "message/rfc822", post.id() + ".eml");
    response.setContentLength(message.size());
    message.writeTo(response.getOutputStream());
  }

  /** Answers with the content of an attachment. */
  public void attachment(ArchivedPost post, Attachment attachment, HttpServletResponse response)
      throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    if (!parser.writePart(raw(post), attachment.part(), content)) {
      throw new IllegalStateException(
          "part %s of %s was there when it was archived, and is not now"
              .formatted(attachment.part(), post.id()));
    }
    prepare(response, "application/octet-stream", Reader.text(attachment.name()));
    response
        .getOutputStream()
        .write(
            reader.mayHaveWholeMessages()
                ? content.toByteArray()
                : MaskedMessage.content(content.toByteArray(), attachment.type()));
  }

  /**
   * Answers with what is written on the way.
   *
   * @throws BrokenOffException when it fails behind its beginning: whoever gets this lets the
   *     connection break, so that nobody takes a part for the whole
   */
  public void stream(String type, String name, Body body, HttpServletResponse response)
      throws IOException {
    prepare(response, type, name);
    try {
      body.write(!reader.mayHaveWholeMessages(), response.getOutputStream());
    } catch (RuntimeException e) {
      if (response.isCommitted()) {
        throw new BrokenOffException(e);
      }
      response.reset();
      throw e;
    }
  }

  private RawMessage raw(ArchivedPost post) {
    return raws.raw(post.id())
        .orElseThrow(() -> ApiProblem.notFound("Post " + post.id() + " was just removed."));
  }

  private static void prepare(HttpServletResponse response, String type, String name) {
    response.setContentType(type);
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment().filename(name, StandardCharsets.UTF_8).build().toString());
    response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
    response.setHeader("X-Content-Type-Options", "nosniff");
  }
}
