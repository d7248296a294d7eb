package org.milena.archive.web.searching;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.milena.archive.search.ParsedQuery;
import org.milena.archive.search.QueryParser;
import org.milena.archive.web.Links;
import org.milena.archive.web.PageFrame;
import org.milena.archive.web.PageTexts;
import org.milena.archive.web.Robots;
import org.milena.archive.web.searching.OwnSearches.Own;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.SearchChange;
import org.milena.common.directory.SavedSearch;
import org.milena.common.directory.SearchName;
import org.milena.common.web.ApiProblem;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where people keep searches, run them by a link of their own, rename and remove them. */
@Controller
@RequestMapping(Links.SAVED)
public class SavedSearchPages {
  /** Where what went wrong is told. */
  private static final String PROBLEM = "problem";

  private final OwnSearches searches;

  /** Over the searches of whoever is calling. */
  public SavedSearchPages(OwnSearches searches) {
    this.searches = searches;
  }

  /**
   * A search that could not be kept, for the form that asks again.
   *
   * @param other the one that has the name, and can be replaced; null where there is none
   */
  public record Unkept(String name, String problem, SearchChange.@Nullable Seen other) {}

  /**
   * A name that could not be given, for the form that asks again.
   *
   * @param id of the search
   * @param name as it was typed
   */
  public record Misnamed(String id, String name, String problem) {}

  /** All of them. */
  @GetMapping({"", "/"})
  String all(HttpServletRequest request, HttpServletResponse response, Model model) {
    return show(request, response, model);
  }

  /** Runs one; where that cannot be, it is said among all of them. */
  @GetMapping("/{id}")
  String run(
      @PathVariable("id") String id,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    Own own = searches.require(id);
    boolean gone = own.place() == OwnSearches.Place.GONE;
    if (own.canBeAsked()) {
      response.setHeader(HttpHeaders.CACHE_CONTROL, PageFrame.NOT_STORED);
      return "redirect:" + own.page();
    }
    response.setStatus((gone ? HttpStatus.NOT_FOUND : HttpStatus.FORBIDDEN).value());
    String name = own.search().name();
    model.addAttribute(
        PROBLEM,
        gone
            ? PageTexts.of("archive.saved-cannot-gone", name)
            : PageTexts.of("archive.saved-cannot-closed", name));
    return show(request, response, model);
  }

  /**
   * Keeps a search, and shows what it finds again.
   *
   * @param replace id of the search whose place it takes; null for none
   * @param replaceChangedAt when that one was changed, as it was shown
   */
  @PostMapping
  String keep(
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") String q,
      @RequestParam(defaultValue = "") String list,
      @RequestParam(defaultValue = "") String sort,
      @RequestParam(defaultValue = "false") boolean threads,
      @RequestParam(required = false) @Nullable String replace,
      @RequestParam(required = false) @Nullable Instant replaceChangedAt,
      RedirectAttributes flash) {
    String found = back(q, list, sort, threads);
    if (found.length() > Links.LONGEST_FOUND) {
      throw ApiProblem.badRequest("invalid-query", OwnSearches.tooLong(found.length()));
    }
    String back = "redirect:" + found;
    if (q.isBlank() || QueryParser.parse(q) instanceof ParsedQuery.Invalid) {
      return back; // the page of the search says where and why
    }
    SavedSearch.Question question = searches.question(q, list, sort, threads);
    if (SearchName.of(name).isEmpty()) {
      flash.addFlashAttribute(
          "unkept",
          new Unkept(name, PageTexts.of("archive.saved-name-rule", SearchName.LONGEST), null));
      return back;
    }
    SearchChange.Seen other =
        replace == null || replaceChangedAt == null
            ? null
            : new SearchChange.Seen(replace, replaceChangedAt);
    switch (searches.keep(name, question, other)) {
      case CommandOutcome.Done _ -> flash.addFlashAttribute("kept", name(name));
      case CommandOutcome.Refused(var code, _, _) ->
          flash.addFlashAttribute(
              "unkept",
              new Unkept(
                  name,
                  said(code),
                  code.equals("search-exists") ? searches.seen(name).orElse(null) : null));
      case CommandOutcome.NotFound _ ->
          flash.addFlashAttribute(
              "unkept", new Unkept(name, PageTexts.of("archive.saved-failed"), null));
    }
    return back;
  }

  /** Gives one another name. */
  @PostMapping("/{id}/rename")
  String rename(
      @PathVariable("id") String id,
      @RequestParam(defaultValue = "") String name,
      RedirectAttributes flash) {
    if (SearchName.of(name).isEmpty()) {
      String rule = PageTexts.of("archive.saved-name-rule", SearchName.LONGEST);
      flash.addFlashAttribute("misnamed", new Misnamed(id, name, rule));
      return "redirect:" + Links.SAVED;
    }
    CommandOutcome outcome = searches.rename(id, name);
    if (outcome instanceof CommandOutcome.Refused(var code, _, _)) {
      flash.addFlashAttribute("misnamed", new Misnamed(id, name, said(code)));
      return "redirect:" + Links.SAVED;
    }
    return told(outcome, PageTexts.of("archive.saved-renamed"), flash);
  }

  /** Removes one. */
  @PostMapping("/{id}/remove")
  String remove(@PathVariable("id") String id, RedirectAttributes flash) {
    return told(searches.remove(id), PageTexts.of("archive.saved-removed"), flash);
  }

  private static String told(CommandOutcome outcome, String done, RedirectAttributes flash) {
    switch (outcome) {
      case CommandOutcome.Done _ -> flash.addFlashAttribute("done", done);
      case CommandOutcome.Refused(var code, _, _) -> flash.addFlashAttribute(PROBLEM, said(code));
      case CommandOutcome.NotFound _ ->
          flash.addFlashAttribute(PROBLEM, PageTexts.of("archive.saved-not-there"));
    }
    return "redirect:" + Links.SAVED;
  }

  /** A name that was kept, as it was kept. */
  private static String name(String typed) {
    return SearchName.of(typed).orElseThrow();
  }

  /** Why it was refused, in the language of the page. */
  static String said(String code) {
    return switch (code) {
      case "search-exists" -> PageTexts.of("archive.saved-exists");
      case "search-changed" -> PageTexts.of("archive.saved-changed");
      case "searches-full" -> PageTexts.of("archive.saved-full", SavedSearch.MOST);
      case "search-name" -> PageTexts.of("archive.saved-name-rule", SearchName.LONGEST);
      default -> PageTexts.of("archive.saved-failed");
    };
  }

  private static String back(String q, String list, String sort, boolean threads) {
    return Links.found("", q, null)
        + (list.isBlank() ? "" : "&list=" + Links.parameter(list))
        + (sort.isBlank() ? "" : "&sort=" + Links.parameter(sort))
        + (threads ? "&threads=true" : "");
  }

  private String show(HttpServletRequest request, HttpServletResponse response, Model model) {
    model.addAttribute("searches", searches.all().stream().map(SavedSearchView::of).toList());
    PageFrame.add(model, request, response, null, "", null);
    response.setHeader(HttpHeaders.CACHE_CONTROL, PageFrame.NOT_STORED);
    response.setHeader(Robots.HEADER, Robots.NO_INDEX);
    return "archive/searches";
  }
}
