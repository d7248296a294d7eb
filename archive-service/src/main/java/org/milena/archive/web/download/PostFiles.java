package org.milena.archive.web.download;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.milena.archive.message.Attachment;
import org.milena.archive.message.MessageParser;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.post.MessageMemory;
import org.milena.archive.post.MessageMemory.Held;
import org.milena.archive.post.MessageMemory.Use;
import org.milena.archive.post.RawStore;
import org.milena.archive.rendering.MaskedMessage;
import org.milena.archive.rewriting.Octets;
import org.milena.archive.web.Reader;
import org.milena.archive.web.Robots;
import org.milena.common.mail.RawMessage;
import org.milena.common.mime.PartHeader;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.ListAccess;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;

/**
 * Answers with what posts are made of, as files; whoever asks in whatever form.
 *
 * <p>A browser saves it and never shows it: {@code attachment}, {@code nosniff}, a type that says
 * nothing, and a sandbox for whoever opens it nevertheless.
 */
public final class PostFiles {
  private final MessageParser parser = new MessageParser();
  private final RawStore raws;
  private final MessageMemory memory;
  private final Reader reader;

  /**
   * Of one archive.
   *
   * @param publicRaw whether strangers get whole messages of public lists
   */
  public PostFiles(RawStore raws, MessageMemory memory, ListAccess access, boolean publicRaw) {
    this.raws = raws;
    this.memory = memory;
    this.reader = new Reader(access, publicRaw);
  }

  /**
   * The message as it was archived; for strangers without addresses.
   *
   * @throws org.milena.common.failure.OutageException when there is no memory for it now
   */
  public void message(ArchivedPost post, HttpServletResponse response) throws IOException {
    boolean whole = reader.mayHaveWholeMessages();
    try (Held held = memory.take(whole ? Use.WHOLE : Use.MASKED, post.size())) {
      AtomicReference<String> sha256 = new AtomicReference<>("");
      Supplier<RawMessage> kept =
          () -> {
            RawMessage raw = raw(post);
            sha256.set(raw.sha256());
            return raw;
          };
      RawMessage message = whole ? kept.get() : MaskedMessage.of(kept);
      String tag = '"' + sha256.get() + (whole ? "\"" : "-masked\"");
      held.send(message.size());
      prepare(response, "message/rfc822", post.id() + ".eml");
      response.setHeader(HttpHeaders.ETAG, tag);
      response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
      response.setContentLength(message.size());
      message.writeTo(response.getOutputStream());
    }
  }

  /**
   * The content of an attachment; for strangers without addresses where it is text.
   *
   * @throws org.milena.common.failure.OutageException when there is no memory for it now
   */
  public void attachment(ArchivedPost post, Attachment attachment, HttpServletResponse response)
      throws IOException {
    boolean whole = reader.mayHaveWholeMessages();
    try (Held held = memory.take(whole ? Use.WHOLE : Use.MASKED, post.size())) {
      if (whole) {
        RawMessage kept = raw(post);
        held.send(kept.size());
        prepare(response, "application/octet-stream", Reader.text(attachment.name()));
        var unused = content(kept, post, attachment, response.getOutputStream());
      } else {
        byte[] masked = masked(post, attachment);
        held.send(masked.length);
        prepare(response, "application/octet-stream", Reader.text(attachment.name()));
        response.setContentLength(masked.length);
        response.getOutputStream().write(masked);
      }
    }
  }

  private byte[] masked(ArchivedPost post, Attachment attachment) {
    RawMessage kept = raw(post);
    AtomicReference<String> charset = new AtomicReference<>("");
    Octets content = out -> charset.set(content(kept, post, attachment, out).charset());
    byte[] decoded = content.toByteArray();
    return MaskedMessage.content(decoded, attachment.type(), charset.get()).toByteArray();
  }

  private PartHeader content(
      RawMessage kept, ArchivedPost post, Attachment attachment, OutputStream out)
      throws IOException {
    return parser
        .copyPart(kept, attachment.part(), out)
        .orElseThrow(() ->
            new IllegalStateException(
                "part %s of %s was there when it was archived, and is not now"
                    .formatted(attachment.part(), post.id())));
  }

  private RawMessage raw(ArchivedPost post) {
    return raws.raw(post.id())
        .orElseThrow(() -> ApiProblem.notFound("Post " + post.id() + " was just removed."));
  }

  static void prepare(HttpServletResponse response, String type, String name) {
    PageTags.leaveOut();
    response.setContentType(type);
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment().filename(name, StandardCharsets.UTF_8).build().toString());
    response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader(Robots.HEADER, Robots.NO_INDEX);
  }
}
