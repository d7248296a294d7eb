package org.milena.listexpander.web;

import java.nio.charset.StandardCharsets;
import org.milena.common.directory.MailingList;
import org.milena.common.web.ApiProblem;
import org.milena.listexpander.submission.WrittenPost;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriUtils;

/** The form in which whoever is signed in writes to a list. */
@Controller
@RequestMapping("/lists/{list}/post")
public class PostPages {
  private final WebPosts posts;

  public PostPages(WebPosts posts) {
    this.posts = posts;
  }

  /** An empty form, or one for an answer. */
  @GetMapping
  String form(
      @PathVariable("list") String address,
      @RequestParam(name = "inReplyTo", defaultValue = "") String inReplyTo,
      Model model) {
    MailingList list = posts.require(address);
    return show(list, new WebPosts.Draft("", "", "", "", inReplyTo, null), model);
  }

  /** Sends the post; where that cannot be, the form comes back with all that was written. */
  @PostMapping
  String send(
      @PathVariable("list") String address,
      @RequestParam(name = "subject", defaultValue = "") String subject,
      @RequestParam(name = "text", defaultValue = "") String text,
      @RequestParam(name = "from", defaultValue = "") String from,
      @RequestParam(name = "displayName", defaultValue = "") String displayName,
      @RequestParam(name = "inReplyTo", defaultValue = "") String inReplyTo,
      Model model,
      RedirectAttributes flash) {
    MailingList list = posts.require(address);
    WebPosts.Draft draft = new WebPosts.Draft(subject, text, from, displayName, inReplyTo, null);
    try {
      var _ = posts.send(list, draft);
    } catch (ApiProblem problem) {
      model.addAttribute("problem", problem.getMessage());
      return show(list, draft, model);
    }
    flash.addFlashAttribute(
        "done", "Your post is on its way. It may wait for a moderator before others read it.");
    return "redirect:/lists/"
        + UriUtils.encodePathSegment(list.address().toString(), StandardCharsets.UTF_8);
  }

  private String show(MailingList list, WebPosts.Draft draft, Model model) {
    model.addAttribute("list", list);
    model.addAttribute("addresses", posts.addresses());
    model.addAttribute("subject", draft.subject());
    model.addAttribute("text", draft.text());
    model.addAttribute("from", draft.from());
    model.addAttribute("displayName", draft.displayName());
    model.addAttribute("inReplyTo", draft.inReplyTo());
    model.addAttribute("mostSubject", WrittenPost.MAX_SUBJECT);
    model.addAttribute("mostText", WrittenPost.MAX_TEXT);
    return "listexpander/post";
  }
}
