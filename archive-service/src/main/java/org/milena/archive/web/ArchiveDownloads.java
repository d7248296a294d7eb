package org.milena.archive.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.milena.archive.message.Attachment;
import org.milena.archive.message.MessageParser;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.post.RawStore;
import org.milena.archive.rendering.MaskedMessage;
import org.milena.archive.web.PostLookup.Found;
import org.milena.common.directory.MailingList;
import org.milena.common.mail.RawMessage;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.ListAccess;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * What is given as a file: whole messages and attachments.
 *
 * <p>A browser saves it and never shows it: {@code attachment}, {@code nosniff}, a type that says
 * nothing, and a sandbox for whoever opens it nevertheless.
 */
@Controller
public class ArchiveDownloads {
  private final MessageParser parser = new MessageParser();
  private final Posts posts;
  private final RawStore raws;
  private final Reader reader;
  private final PostLookup lookup;

  /**
   * @param publicRaw whether strangers get whole messages of public lists
   */
  public ArchiveDownloads(Posts posts, RawStore raws, ListAccess access, boolean publicRaw) {
    this.posts = posts;
    this.raws = raws;
    this.reader = new Reader(access, publicRaw);
    this.lookup = new PostLookup(posts, reader);
  }

  /** The message as it was archived; for strangers without addresses. */
  @GetMapping({"/api/v1/archive/{list}/messages/{id}/raw", "/archive/{list}/message/{id}/raw"})
  void raw(
      @PathVariable("list") String address,
      @PathVariable("id") String id,
      HttpServletResponse response)
      throws IOException {
    raw(post(reader.list(address), id), response);
  }

  /** The same by Message-ID; where posts share it, their page names them all. */
  @GetMapping("/archive/{list}/{messageId:.*@.*}/raw")
  void rawByMessageId(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Found found = lookup.find(request);
    if (found.posts().size() > 1) {
      response.setStatus(HttpServletResponse.SC_FOUND);
      response.setHeader(HttpHeaders.LOCATION, found.address());
    } else {
      raw(found.first(), response);
    }
  }

  private void raw(ArchivedPost post, HttpServletResponse response) throws IOException {
    boolean whole = reader.mayHaveWholeMessages();
    RawMessage kept = message(post);
    RawMessage message = whole ? kept : MaskedMessage.of(kept);
    prepare(response, "message/rfc822", post.id() + ".eml");
    response.setHeader(HttpHeaders.ETAG, '"' + post.rawSha256() + (whole ? "\"" : "-masked\""));
    response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
    response.setContentLength(message.size());
    message.writeTo(response.getOutputStream());
  }

  /** The content of an attachment. */
  @GetMapping({
    "/api/v1/archive/{list}/messages/{id}/attachments/{part}",
    "/archive/{list}/message/{id}/attachment/{part}"
  })
  void attachment(
      @PathVariable("list") String address,
      @PathVariable("id") String id,
      @PathVariable("part") String part,
      HttpServletResponse response)
      throws IOException {
    MailingList list = reader.list(address);
    ArchivedPost post = post(list, id);
    Attachment attachment =
        post.attachments().stream()
            .filter(candidate -> candidate.part().equals(part))
            .findFirst()
            .orElseThrow(
                () -> ApiProblem.notFound("Post " + id + " has no attachment " + part + "."));
    RawMessage message = message(post);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    boolean there = parser.writePart(message, part, content);
    if (!there) {
      throw new IllegalStateException(
          "part " + part + " of " + id + " was there when it was archived, and is not now");
    }
    prepare(response, "application/octet-stream", Reader.text(attachment.name()));
    response
        .getOutputStream()
        .write(
            reader.mayHaveWholeMessages()
                ? content.toByteArray()
                : MaskedMessage.content(content.toByteArray(), attachment.type()));
  }

  private ArchivedPost post(MailingList list, String id) {
    return posts.require(list, id).post();
  }

  private RawMessage message(ArchivedPost post) {
    return raws.raw(post.id())
        .orElseThrow(() -> ApiProblem.notFound("Post " + post.id() + " was just removed."));
  }

  static void prepare(HttpServletResponse response, String type, String name) {
    response.setContentType(type);
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment().filename(name, StandardCharsets.UTF_8).build().toString());
    response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader(Robots.HEADER, Robots.NO_INDEX);
  }
}
