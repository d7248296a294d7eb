package org.milena.listexpander.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.HeldChange;
import org.milena.common.command.HeldChange.HeldDecision;
import org.milena.common.command.ListCommand;
import org.milena.common.directory.Directory;
import org.milena.common.directory.MailingList;
import org.milena.common.event.Hold;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.web.ApiProblem;
import org.milena.listexpander.moderation.HeldQueue;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriUtils;

/** Held posts of all lists, for those who moderate. */
@Controller
@RequestMapping("/manage/held")
public class HeldPages {
  private static final int POSTS_A_PAGE = 50;

  /** So many failures of several decisions are told one by one. */
  private static final int MAX_TOLD = 10;

  private final HeldQueue queue;
  private final HeldPosts held;
  private final Directory directory;

  public HeldPages(HeldQueue queue, HeldPosts held, Directory directory) {
    this.queue = queue;
    this.held = held;
    this.directory = directory;
  }

  /** A post and the address of its list. */
  public record Line(Hold hold, String list) {}

  /** All of them. */
  @GetMapping({"", "/"})
  String all(
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "") String list,
      @RequestParam(defaultValue = "") String author,
      @RequestParam(defaultValue = "") String q,
      @RequestParam(defaultValue = "false") boolean decided,
      Model model) {
    HeldQueue.Page page =
        queue.page(held.query(list.strip(), author, q, decided), after, POSTS_A_PAGE);
    model.addAttribute(
        "lines", page.holds().stream().map(hold -> new Line(hold, address(hold.list()))).toList());
    model.addAttribute("next", page.next());
    model.addAttribute("count", held.waiting());
    model.addAttribute("after", after);
    model.addAttribute("list", list);
    model.addAttribute("author", author);
    model.addAttribute("q", q);
    model.addAttribute("decided", decided);
    return "listexpander/held-queue";
  }

  private String address(ListId id) {
    return directory
        .list(id)
        .map(MailingList::address)
        .map(MailAddress::toString)
        .orElse(id.value());
  }

  /** Decides about several. */
  @PostMapping("/decisions")
  String decide(
      @RequestParam(name = "ids", defaultValue = "") List<String> ids,
      @RequestParam("decision") HeldDecision decision,
      @RequestParam(name = "comment", defaultValue = "") String comment,
      @RequestParam(name = "force", defaultValue = "false") boolean force,
      RedirectAttributes flash) {
    try {
      List<HeldPosts.Each> outcomes = held.decideAll(ids, decision, comment, force);
      List<HeldPosts.Each> failed = outcomes.stream().filter(one -> !one.done()).toList();
      int done = outcomes.size() - failed.size();
      if (done > 0) {
        flash.addFlashAttribute("done", "%,d held posts are decided.".formatted(done));
      }
      if (!failed.isEmpty()) {
        flash.addFlashAttribute("problem", "%,d posts are not decided.".formatted(failed.size()));
        flash.addFlashAttribute("failed", failed.stream().limit(MAX_TOLD).toList());
      }
    } catch (ApiProblem problem) {
      flash.addFlashAttribute("problem", problem.getMessage());
    }
    return "redirect:/manage/held";
  }

  /** One held post. */
  @GetMapping("/{id}")
  String one(@PathVariable("id") String id, Model model) {
    HeldPosts.Found found = held.require(id);
    model.addAttribute("hold", found.hold());
    model.addAttribute("list", found.list());
    model.addAttribute("content", held.content(found.hold()));
    return "listexpander/held";
  }

  /** What one can do with one post. */
  enum Act {
    ACCEPT,
    ACCEPT_AND_TRUST,
    REJECT,
    DISCARD,
    CLAIM,
    RELEASE,
    UNDO;

    ListCommand command(String id, String comment, boolean force) {
      return switch (this) {
        case ACCEPT -> new HeldChange.DecideHeld(id, HeldDecision.ACCEPT, comment);
        case ACCEPT_AND_TRUST ->
            new HeldChange.DecideHeld(id, HeldDecision.ACCEPT_AND_TRUST, comment, force);
        case REJECT -> new HeldChange.DecideHeld(id, HeldDecision.REJECT, comment);
        case DISCARD -> new HeldChange.DecideHeld(id, HeldDecision.DISCARD, comment);
        case CLAIM -> new HeldChange.ClaimHeld(id, false);
        case RELEASE -> new HeldChange.ClaimHeld(id, true);
        case UNDO -> new HeldChange.UndoHeld(id);
      };
    }
  }

  /** Does something with it. */
  @PostMapping("/{id}")
  String act(
      @PathVariable("id") String id,
      @RequestParam("decision") Act act,
      @RequestParam(name = "comment", defaultValue = "") String comment,
      @RequestParam(name = "force", defaultValue = "false") boolean force,
      RedirectAttributes flash) {
    HeldPosts.Found found = held.require(id);
    ListCommand command = act.command(id, comment, force);
    try {
      CommandOutcome.Done done = held.send(found, command);
      flash.addFlashAttribute("done", done.text());
    } catch (ApiProblem problem) {
      flash.addFlashAttribute("problem", problem.getMessage());
      return "redirect:/manage/held/" + UriUtils.encodePathSegment(id, StandardCharsets.UTF_8);
    }
    return command instanceof HeldChange.DecideHeld
        ? "redirect:/manage/lists/"
            + UriUtils.encodePathSegment(found.list().address().toString(), StandardCharsets.UTF_8)
        : "redirect:/manage/held/" + UriUtils.encodePathSegment(id, StandardCharsets.UTF_8);
  }
}
