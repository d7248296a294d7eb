package org.milena.archive.web.removal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.redaction.Wish;
import org.milena.archive.web.Links;
import org.milena.archive.web.ListPageView;
import org.milena.archive.web.PageFrame;
import org.milena.archive.web.PostView;
import org.milena.archive.web.Posts;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.PostChange.RemovePosts;
import org.milena.common.directory.MailingList;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.ListAccess;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where owners take a post out of the archive, its thread, or something out of it. */
@Controller
public class RemovalPages {
  private static final String PATH = "/archive/{list}/message/{id}/remove";

  private final Posts posts;
  private final PostRemovals removals;
  private final ListAccess access;

  /** Over one archive. */
  public RemovalPages(Posts posts, PostRemovals removals, ListAccess access) {
    this.posts = posts;
    this.removals = removals;
    this.access = access;
  }

  /**
   * What the form asks for.
   *
   * @param what {@code post}, {@code thread} or {@code parts}
   * @param passages one on each line
   */
  public record Form(
      @Nullable String what,
      @Nullable String reason,
      @Nullable String passages,
      @Nullable List<String> attachments) {

    static Form empty() {
      return new Form("parts", "", "", List.of());
    }

    /** Whether it asks for this attachment. */
    public boolean takes(String part) {
      return attachments != null && attachments.contains(part);
    }

    Wish wish() {
      return new Wish(
          passages == null ? List.of() : passages.lines().filter(line -> !line.isBlank()).toList(),
          attachments == null ? Set.of() : Set.copyOf(attachments));
    }
  }

  /** The form. */
  @GetMapping(PATH)
  String form(
      @PathVariable("list") String address,
      @PathVariable("id") String id,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    MailingList list = managed(address);
    return show(list, posts.require(list, id).post(), Form.empty(), request, response, model);
  }

  /** Does what it asks for. */
  @PostMapping(PATH)
  String remove(
      @PathVariable("list") String address,
      @PathVariable("id") String id,
      @RequestParam(required = false) @Nullable String what,
      @RequestParam(required = false) @Nullable String reason,
      @RequestParam(required = false) @Nullable String passages,
      @RequestParam(required = false) @Nullable List<String> attachments,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    MailingList list = managed(address);
    ArchivedPost post = posts.require(list, id).post();
    Form form = new Form(what, reason, passages, attachments);
    try {
      model.addAttribute("done", carryOut(list, post, form).text());
    } catch (ApiProblem problem) {
      model.addAttribute("problem", problem.getMessage());
      response.setStatus(problem.status().value());
    }
    return show(list, post, form, request, response, model);
  }

  private CommandOutcome.Done carryOut(MailingList list, ArchivedPost post, Form form) {
    return switch (form.what()) {
      case "post" -> removals.remove(list, List.of(post), form.reason());
      case "thread" -> removals.remove(list, removals.threadOf(list, post), form.reason());
      case "parts" -> removals.redact(list, post, form.wish(), form.reason());
      case null, default ->
          throw ApiProblem.badRequest("invalid-form", "Choose what is taken out.");
    };
  }

  private String show(
      MailingList list,
      ArchivedPost post,
      Form form,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    int thread = removals.threadOf(list, post).size();
    model.addAttribute("list", ListPageView.of(list));
    model.addAttribute("post", PostView.of(list, post));
    model.addAttribute("parts", post.attachments());
    model.addAttribute("form", form);
    model.addAttribute("thread", thread);
    model.addAttribute("threadFits", thread <= RemovePosts.MOST_POSTS);
    PageFrame.add(model, request, response, Links.remove(list, post.id()), "", list);
    response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-store");
    return "archive/remove";
  }

  private MailingList managed(String address) {
    MailingList list = access.require(address);
    access.requireManage(list);
    return list;
  }
}
