package org.milena.archive.web.download;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.milena.archive.message.Attachment;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.web.PostLookup;
import org.milena.archive.web.PostLookup.Found;
import org.milena.archive.web.Posts;
import org.milena.archive.web.Reader;
import org.milena.common.directory.MailingList;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.ListAccess;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Whole messages and attachments as files. */
@Controller
public class ArchiveDownloads {
  private final Posts posts;
  private final PostFiles files;
  private final Reader reader;
  private final PostLookup lookup;

  /** Of one archive. */
  public ArchiveDownloads(Posts posts, PostFiles files, ListAccess access) {
    this.posts = posts;
    this.files = files;
    this.reader = new Reader(access, true);
    this.lookup = new PostLookup(posts, reader);
  }

  /** The message as it was archived; for strangers without addresses. */
  @GetMapping({"/api/v1/archive/{list}/messages/{id}/raw", "/archive/{list}/message/{id}/raw"})
  void raw(
      @PathVariable("list") String address,
      @PathVariable("id") String id,
      HttpServletResponse response)
      throws IOException {
    files.message(post(reader.list(address), id), response);
  }

  /** The same by Message-ID; where posts share it, their page names them all. */
  @GetMapping("/archive/{list}/{messageId:.*@.*}/raw")
  void rawByMessageId(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Found found = lookup.find(request);
    if (found.posts().size() > 1) {
      response.setStatus(HttpServletResponse.SC_FOUND);
      response.setHeader(HttpHeaders.LOCATION, found.address());
    } else {
      files.message(found.first(), response);
    }
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
    files.attachment(post, attachment, response);
  }

  private ArchivedPost post(MailingList list, String id) {
    return posts.require(list, id).post();
  }
}
