package org.milena.scanner.web;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.milena.common.failure.OutageException;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.Caller;
import org.milena.scanner.quarantine.QuarantineEntry.State;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The quarantine in a browser; for operators. What mails say is shown as text. */
@Controller
@RequestMapping("/ops/quarantine")
public class QuarantinePages {

  private static final int PAGE = 50;

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("d MMM uuuu HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final QuarantineDesk desk;

  /** Over this desk. */
  public QuarantinePages(QuarantineDesk desk) {
    this.desk = desk;
  }

  /** A moment as pages show it. */
  public static final class Moments {
    /** To the minute. */
    public String minute(Instant moment) {
      return MINUTE.format(moment);
    }
  }

  /** The newest first. */
  @GetMapping({"", "/"})
  String list(
      @RequestParam(defaultValue = "kept") String state,
      @RequestParam(defaultValue = "") String list,
      @RequestParam(defaultValue = "") String verdict,
      @RequestParam(defaultValue = "") String text,
      @RequestParam(defaultValue = "") String after,
      Model model) {
    var unused = Caller.current().requireOperator();
    QuarantinePage page = desk.list(state, list, verdict, text, after, PAGE);
    model.addAttribute("mails", page.items());
    model.addAttribute("next", page.next());
    model.addAttribute("counts", page.counts());
    model.addAttribute("state", state.toLowerCase(Locale.ROOT));
    model.addAttribute("list", list);
    model.addAttribute("verdict", verdict.toLowerCase(Locale.ROOT));
    model.addAttribute("text", text);
    model.addAttribute("moments", new Moments());
    return "scanner/quarantine";
  }

  /** One mail. */
  @GetMapping("/{id}")
  String look(@PathVariable String id, Model model) {
    var unused = Caller.current().requireOperator();
    model.addAttribute("mail", desk.look(id));
    model.addAttribute("moments", new Moments());
    return "scanner/quarantined";
  }

  /** Releases it, or says why not. */
  @PostMapping("/{id}/release")
  String release(
      @PathVariable String id,
      @RequestParam(defaultValue = "false") boolean despite,
      @RequestParam(defaultValue = "") String note,
      RedirectAttributes next) {
    Caller operator = Caller.current().requireOperator();
    try {
      State state = desk.release(id, operator.name(), despite, note).state();
      next.addFlashAttribute(
          "done",
          state == State.RELEASED
              ? "The mail is on its way."
              : "Noted. A second operator must release it too.");
    } catch (ApiProblem | OutageException e) {
      next.addFlashAttribute("problem", e.getMessage());
    }
    return "redirect:/ops/quarantine/" + QuarantineDesk.id(id);
  }

  /** Deletes it, or says why not. */
  @PostMapping("/{id}/delete")
  String delete(@PathVariable String id, RedirectAttributes next) {
    Caller operator = Caller.current().requireOperator();
    try {
      var unused = desk.delete(id, operator.name());
      next.addFlashAttribute("done", "The mail is deleted.");
    } catch (ApiProblem | OutageException e) {
      next.addFlashAttribute("problem", e.getMessage());
    }
    return "redirect:/ops/quarantine/" + QuarantineDesk.id(id);
  }
}
