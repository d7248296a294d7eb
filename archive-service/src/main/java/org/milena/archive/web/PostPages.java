package org.milena.archive.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.archive.message.PostText;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.post.MessageMemory;
import org.milena.archive.post.MessageMemory.Held;
import org.milena.archive.post.MessageMemory.Use;
import org.milena.archive.post.RawStore;
import org.milena.archive.rendering.TextRendering;
import org.milena.archive.search.ArchiveIndex;
import org.milena.archive.web.MessageView.RedactionView;
import org.milena.archive.web.PostLookup.Found;
import org.milena.common.directory.MailingList;
import org.milena.common.event.ArchiveId;
import org.milena.common.web.ListAccess;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The page of a post: of all posts that share a Message-ID, since anybody may use one again. */
@Controller
public class PostPages {

  /** Of larger messages nobody looks whether they have HTML before it is asked for. */
  private static final int SEARCHED = 1 << 20;

  private final ArchiveIndex index;
  private final Posts posts;
  private final ListAccess access;
  private final RawStore raws;
  private final MessageMemory memory;
  private final DeliveryReaders deliveries;
  private final Reader reader;
  private final PostLookup lookup;

  /** Over one archive. */
  public PostPages(
      ArchiveIndex index,
      Posts posts,
      RawStore raws,
      MessageMemory memory,
      DeliveryReaders deliveries,
      ListAccess access) {
    this.index = index;
    this.posts = posts;
    this.access = access;
    this.raws = raws;
    this.memory = memory;
    this.deliveries = deliveries;
    this.reader = new Reader(access, true);
    this.lookup = new PostLookup(posts, reader);
  }

  /** The page, or the way to it where it has another address. */
  @GetMapping({
    "/archive/{list}/{messageId:.*@.*}/",
    "/archive/{list}/{messageId:.*@.*}",
    "/archive/{list}/message/{id}/",
    "/archive/{list}/message/{id}"
  })
  Object message(HttpServletRequest request, HttpServletResponse response, Model model) {
    Found found = lookup.find(request);
    String address = found.address();
    if (found.byId() && !address.equals(Links.byId(found.list(), found.first().id()))) {
      boolean shared = index.byMessageId(found.list().id(), found.first().messageId()).size() > 1;
      return moved(shared ? address + "#" + Links.anchor(found.first().id()) : address);
    }
    if (!request.getRequestURI().endsWith("/")) {
      return moved(address);
    }
    return show(found, request, response, model);
  }

  private String show(
      Found found, HttpServletRequest request, HttpServletResponse response, Model model) {
    MailingList list = found.list();
    ArchivedPost first = found.first();
    ThreadEntries entries = new ThreadEntries(index, list, first.thread(), true);
    Map<ArchiveId, PostText> texts =
        index.texts(found.posts().stream().map(ArchivedPost::id).toList());
    List<MessageView> messages =
        found.posts().stream()
            .map(post -> view(list, post, texts.getOrDefault(post.id(), PostText.EMPTY), entries))
            .toList();
    ArchivedPost root = entries.post(first.thread());
    ThreadAddress thread =
        new ThreadAddress(
            Links.thread(list, root == null ? first : root), ThreadPages.POSTS, -1, null);
    model.addAttribute("list", ListPageView.of(list));
    model.addAttribute("messages", messages);
    model.addAttribute("threadUrl", thread.of(entries.place(first.id()), Links.anchor(first.id())));
    model.addAttribute("outline", entries.outline(first.id()));
    model.addAttribute("previous", entries.neighbour(first.id(), -1));
    model.addAttribute("next", entries.neighbour(first.id(), 1));
    PageFrame.add(
        model, request, response, found.address(), messages.getFirst().post().excerpt(), list);
    return "archive/message";
  }

  private MessageView view(
      MailingList list, ArchivedPost post, PostText text, ThreadEntries entries) {
    PostView view = PostView.of(list, post);
    boolean answerable = !Reader.masks() && !post.author().address().isEmpty();
    return new MessageView(
        view,
        TextRendering.of(Reader.text(text), PageTexts.WORDS, view.anchor()),
        // it looks like an address, so strangers do not see it
        Reader.masks() ? null : post.messageId(),
        deliveries.ofShown(list, post.messageId(), post.author().address()).orElse(null),
        Links.raw(list, post.id()),
        mayHaveHtml(post) ? Links.html(list, post.id()) : null,
        answerable ? PostView.replyUrl(post.author().address(), post, view.subject()) : null,
        posts
            .redaction(list, post.id())
            .map(removal -> new RedactionView(removal.reason(), When.of(removal.at())))
            .orElse(null),
        access.mayManage(list) ? Links.remove(list, post.id()) : null,
        Links.similar(list, post.id()),
        entries.parent(post.id()));
  }

  private boolean mayHaveHtml(ArchivedPost post) {
    if (post.size() > SEARCHED) {
      return true;
    }
    Optional<Held> now = memory.takeNow(Use.WHOLE, post.size());
    if (now.isEmpty()) {
      return true; // a link that leads to nothing is better than no page
    }
    try (Held _ = now.get()) {
      return raws.raw(post.id()).map(raw -> HtmlPages.namesHtml(raw.unsafeBytes())).orElse(false);
    }
  }

  /** Leads from a Message-ID, with or without angle brackets, to its page. */
  @GetMapping({"/archive/{list}/mid/{*messageId}", "/archive/{list}/mid"})
  ResponseEntity<Void> byMessageId(
      @PathVariable("list") String address,
      @PathVariable(name = "messageId", required = false) @Nullable String path,
      @RequestParam(name = "id", required = false) @Nullable String parameter) {
    MailingList list = reader.list(address);
    ArchivedPost post = lookup.byMessageId(list, MessageIds.of(path, parameter)).getFirst();
    return ResponseEntity.status(HttpStatus.FOUND)
        .location(URI.create(Links.post(list, post)))
        .build();
  }

  static ResponseEntity<Void> moved(String address) {
    return ResponseEntity.status(HttpStatus.MOVED_PERMANENTLY)
        .location(URI.create(address))
        .build();
  }
}
