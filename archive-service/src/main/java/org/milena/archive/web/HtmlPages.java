package org.milena.archive.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.post.MessageMemory;
import org.milena.archive.post.MessageMemory.Held;
import org.milena.archive.post.MessageMemory.Use;
import org.milena.archive.post.RawStore;
import org.milena.archive.rendering.MailHtml;
import org.milena.archive.web.PostLookup.Found;
import org.milena.common.mail.RawMessage;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.ListAccess;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * The HTML of a mail, in a frame: its document has no origin, runs nothing, sends nothing and loads
 * nothing, by what is left of it, by the frame's sandbox and by its own policy.
 */
@Controller
public class HtmlPages {
  private static final String FRAMING =
      "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
  private static final String FRAMED =
      "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none';"
          + " base-uri 'none'; frame-ancestors 'self';"
          + " sandbox allow-popups allow-popups-to-escape-sandbox";
  private static final byte[] HTML = "text/html".getBytes(StandardCharsets.US_ASCII);

  private final RawStore raws;
  private final MessageMemory memory;
  private final PostLookup lookup;

  /** Over one archive. */
  public HtmlPages(Posts posts, RawStore raws, MessageMemory memory, ListAccess access) {
    this.raws = raws;
    this.memory = memory;
    this.lookup = new PostLookup(posts, new Reader(access, true));
  }

  /** The page around it. */
  @GetMapping({"/archive/{list}/{messageId:.*@.*}/html", "/archive/{list}/message/{id}/html"})
  String page(HttpServletRequest request, HttpServletResponse response, Model model) {
    Found found = lookup.find(request);
    ArchivedPost post = found.first();
    MailHtml html;
    try (Held _ = memory.take(Use.PAGE, post.size())) {
      html = html(post);
    }
    model.addAttribute("list", ListPageView.of(found.list()));
    model.addAttribute("post", PostView.of(found.list(), post));
    model.addAttribute("elsewhere", html.elsewhere());
    model.addAttribute("unshown", html.unshown());
    model.addAttribute("cut", html.cut());
    model.addAttribute("frameUrl", Links.html(found.list(), post.id()) + "/body");
    PageFrame.add(model, request, response, found.address(), "", found.list());
    response.setHeader("Content-Security-Policy", FRAMING);
    return "archive/html";
  }

  /** The document in the frame. */
  @GetMapping("/archive/{list}/message/{id}/html/body")
  void body(HttpServletRequest request, HttpServletResponse response) throws IOException {
    ArchivedPost post = lookup.find(request).first();
    try (Held held = memory.take(Use.PAGE, post.size())) {
      byte[] document = html(post).document().getBytes(StandardCharsets.UTF_8);
      held.send(document.length);
      response.setHeader("Content-Security-Policy", FRAMED);
      response.setHeader("X-Content-Type-Options", "nosniff");
      response.setHeader(Robots.HEADER, Robots.NO_INDEX);
      response.setHeader("Referrer-Policy", "no-referrer");
      response.setHeader("Cache-Control", "private, no-cache");
      response.setContentType("text/html;charset=UTF-8");
      response.getOutputStream().write(document);
    }
  }

  private MailHtml html(ArchivedPost post) {
    RawMessage raw =
        raws.raw(post.id())
            .orElseThrow(() -> ApiProblem.notFound("Post " + post.id() + " was just removed."));
    return MailHtml.of(raw, Reader.masks(), PageTexts.WORDS)
        .orElseThrow(() -> ApiProblem.notFound("This message has no HTML."));
  }

  /** Whether a message says somewhere that something is HTML. */
  static boolean namesHtml(byte[] message) {
    for (int i = 0; i + HTML.length <= message.length; i++) {
      int at = 0;
      while (at < HTML.length && (message[i + at] | 0x20) == (HTML[at] | 0x20)) {
        at++;
      }
      if (at == HTML.length) {
        return true;
      }
    }
    return false;
  }
}
