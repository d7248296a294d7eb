package org.milena.listexpander.web;

import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.MailingList;
import org.milena.common.mail.MailAddress;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.Caller;
import org.milena.listexpander.submission.WrittenPost;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriUtils;

/** The form in which whoever is signed in writes to a list. What was written comes back always. */
@Controller
@RequestMapping("/lists/{list}/post")
public class PostPages {
  private final WebPosts posts;

  public PostPages(WebPosts posts) {
    this.posts = posts;
  }

  /** What somebody wrote. */
  record Written(
      @Nullable String subject,
      @Nullable String text,
      @Nullable String from,
      @Nullable String displayName,
      @Nullable String inReplyTo,
      @Nullable String key) {

    WebPosts.Draft draft() {
      return new WebPosts.Draft(
          subject,
          text,
          from,
          displayName,
          inReplyTo,
          null,
          key == null || key.isBlank() ? null : key.strip());
    }

    Written withKey(@Nullable String other) {
      return new Written(subject, text, from, displayName, inReplyTo, other);
    }
  }

  /** An empty form, or one for an answer. */
  @GetMapping
  String form(
      @PathVariable("list") String address,
      @RequestParam(name = "inReplyTo", defaultValue = "") String inReplyTo,
      Model model) {
    MailingList list = posts.require(address);
    return show(list, new Written("", "", "", "", inReplyTo, null), model);
  }

  /** Sends the post; where that cannot be, the form comes back with all that was written. */
  @PostMapping
  String send(
      @PathVariable("list") String address,
      @ModelAttribute Written written,
      Model model,
      HttpServletResponse response,
      RedirectAttributes flash) {
    MailingList list;
    try {
      list = posts.require(address);
    } catch (ApiProblem problem) {
      response.setStatus(problem.status().value());
      return keep(address, written, String.valueOf(problem.getMessage()), model);
    }
    try {
      var _ = posts.send(list, written.draft());
    } catch (ApiProblem problem) {
      model.addAttribute("problem", problem.getMessage());
      boolean spent = problem.code().equals(WebPosts.KEY);
      return show(list, spent ? written.withKey(null) : written, model);
    }
    flash.addFlashAttribute(
        "done", "Your post is on its way. It may wait for a moderator before others read it.");
    return "redirect:/lists/"
        + UriUtils.encodePathSegment(list.address().toString(), StandardCharsets.UTF_8);
  }

  /**
   * What came without the token of its session, since that ended meanwhile or another site sent it.
   * Sends nothing: it is shown again, in the form when somebody is signed in.
   */
  @PostMapping("/unsent")
  @ResponseStatus(HttpStatus.FORBIDDEN)
  String unsent(
      @PathVariable("list") String address, @ModelAttribute Written written, Model model) {
    String nothing = "Nothing was sent: your session had ended. ";
    if (!Caller.current().signedIn()) {
      return keep(address, written, nothing + "Sign in, then go on here.", model);
    }
    MailingList list;
    try {
      list = posts.require(address);
    } catch (ApiProblem problem) {
      return keep(address, written, nothing + problem.getMessage(), model);
    }
    model.addAttribute("problem", nothing + "Look at what is written here, and send it again.");
    return show(list, written, model);
  }

  private String show(MailingList list, Written written, Model model) {
    List<MailAddress> addresses = posts.addresses();
    if (addresses.isEmpty() && written.text() != null && !written.text().isBlank()) {
      return keep(
          list.address().toString(), written, "Your account has no address to write from.", model);
    }
    model.addAttribute("list", list);
    model.addAttribute("addresses", addresses);
    model.addAttribute("written", written.key() == null ? written.withKey(posts.key()) : written);
    model.addAttribute("mostSubject", WrittenPost.MAX_SUBJECT);
    model.addAttribute("mostText", WrittenPost.MAX_TEXT);
    return "listexpander/post";
  }

  /** A page that says nothing of the list but what stands in its own address. */
  private static String keep(String address, Written written, String why, Model model) {
    model.addAttribute("address", address);
    model.addAttribute("why", why);
    model.addAttribute("written", written);
    return "listexpander/unsent";
  }
}
