package org.milena.archive.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.search.ArchiveIndex;
import org.milena.archive.web.PostLookup.Found;
import org.milena.common.directory.MailingList;
import org.milena.common.web.ListAccess;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The page of a thread. It is the one of its earliest post; the address made of any other post
 * leads there, to that post, so that addresses hold while threads grow together.
 */
@Controller
public class ThreadPages {

  /** Posts on a page. */
  static final int POSTS = 50;

  private final ArchiveIndex index;
  private final Reader reader;
  private final PostLookup lookup;

  /**
   * @param publicRaw whether strangers get whole messages of public lists
   */
  public ThreadPages(ArchiveIndex index, Posts posts, ListAccess access, boolean publicRaw) {
    this.index = index;
    this.reader = new Reader(access, publicRaw);
    this.lookup = new PostLookup(posts, reader);
  }

  /** Answers below what they answer. */
  @GetMapping({
    "/archive/{list}/{messageId:.*@.*}/thread/",
    "/archive/{list}/{messageId:.*@.*}/thread",
    "/archive/{list}/message/{id}/thread/",
    "/archive/{list}/message/{id}/thread"
  })
  Object nested(
      @RequestParam(defaultValue = "0") int from,
      @RequestParam(required = false) @Nullable String since,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return thread(true, from, Since.parse(since), request, response, model);
  }

  /** All by date. */
  @GetMapping({
    "/archive/{list}/{messageId:.*@.*}/flat/",
    "/archive/{list}/{messageId:.*@.*}/flat",
    "/archive/{list}/message/{id}/flat/",
    "/archive/{list}/message/{id}/flat"
  })
  Object flat(
      @RequestParam(defaultValue = "0") int from,
      @RequestParam(required = false) @Nullable String since,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return thread(false, from, Since.parse(since), request, response, model);
  }

  /** By an archive id: an address that stays. */
  @GetMapping({"/archive/{list}/thread/{id}", "/archive/{list}/thread/{id}/"})
  ResponseEntity<Void> byId(@PathVariable("list") String address, @PathVariable("id") String id) {
    MailingList list = reader.list(address);
    ArchivedPost post = lookup.post(list, id).post();
    ArchivedPost root =
        post.thread().equals(post.id()) ? post : lookup.post(list, post.thread().value()).post();
    return PostPages.moved(Links.thread(list, root));
  }

  private Object thread(
      boolean nested,
      int from,
      @Nullable Instant since,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    Found found = lookup.find(request);
    MailingList list = found.list();
    ArchivedPost post = found.first();
    String page = nested ? "thread/" : "flat/";
    ThreadEntries entries = new ThreadEntries(index, list, post.thread(), nested);
    ArchivedPost root = entries.post(post.thread());
    if (root == null) {
      root = post;
    }
    String own = Links.post(list, root) + page;
    boolean isOwn =
        post.id().equals(root.id())
            && (found.byId() == own.equals(Links.byId(list, root.id()) + page));
    if (!isOwn) {
      // not for good: another post may become the earliest
      String address =
          new ThreadAddress(own, POSTS, -1, since)
              .of(entries.place(post.id()), Links.anchor(post.id()));
      return ResponseEntity.status(HttpStatus.FOUND).location(URI.create(address)).build();
    }
    if (!request.getRequestURI().endsWith("/")) {
      return PostPages.moved(own);
    }
    List<Integer> newer = entries.newer(since);
    int wanted = since != null && from == 0 && !newer.isEmpty() ? newer.getFirst() : from;
    int start = Math.clamp(wanted, 0, Math.max(0, entries.size() - 1)) / POSTS * POSTS;
    ThreadAddress address = new ThreadAddress(own, POSTS, start, since);
    show(model, list, root, entries, address);
    model.addAttribute("nested", nested);
    model.addAttribute("newPosts", newer.size());
    model.addAttribute(
        "firstNew",
        newer.isEmpty() || newer.getFirst() < start || newer.getFirst() >= start + POSTS
            ? -1
            : newer.getFirst() - start);
    model.addAttribute("otherUrl", Links.post(list, root) + (nested ? "flat/" : "thread/"));
    PageFrame.add(
        model,
        request,
        response,
        start == 0 ? Links.thread(list, root) : Links.thread(list, root) + "?from=" + start,
        Reader.text(root.excerpt()),
        list);
    return "archive/thread";
  }

  private void show(
      Model model,
      MailingList list,
      ArchivedPost root,
      ThreadEntries entries,
      ThreadAddress address) {
    int start = address.from();
    Instant since = address.since();
    model.addAttribute("list", ListPageView.of(list));
    model.addAttribute("thread", PostView.of(list, root));
    model.addAttribute("count", entries.size());
    model.addAttribute("full", entries.isFull());
    model.addAttribute("authors", entries.authors());
    model.addAttribute("outline", entries.outline(address, since));
    model.addAttribute("entries", entries.page(start, POSTS, address, since));
    model.addAttribute("firstShown", start + 1);
    model.addAttribute("lastShown", Math.min(start + POSTS, entries.size()));
    model.addAttribute("previous", start > 0 ? address.page(start - POSTS) : null);
    model.addAttribute("next", start + POSTS < entries.size() ? address.page(start + POSTS) : null);
    model.addAttribute("since", since == null ? null : When.of(since));
    model.addAttribute("sinceUrl", address.path() + "?since=" + entries.latest());
    model.addAttribute("wholeMessages", reader.mayHaveWholeMessages());
    model.addAttribute("threadFeed", Links.atom(list, root.id()));
    model.addAttribute("threadMbox", Links.mbox(list, null, root.id()));
  }
}
