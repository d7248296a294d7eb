package org.milena.listexpander.web;

import java.util.List;
import org.milena.common.command.CommandOutcome;
import org.milena.common.directory.MailingList;
import org.milena.common.web.ListAccess;
import org.milena.listexpander.web.TemplateTexts.Place;
import org.milena.listexpander.web.TemplateTexts.TemplateBody;
import org.milena.listexpander.web.TemplateTexts.TemplateDetails;
import org.milena.listexpander.web.TemplateTexts.TemplatePreview;
import org.milena.listexpander.web.TemplateTexts.TemplateView;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The texts of a list over REST; for its owners. */
@RestController
@RequestMapping("/api/v1/lists/{list}/templates")
public class ListTemplatesApi {
  private final Lists lists;
  private final ListAccess access;
  private final TemplateTexts texts;

  public ListTemplatesApi(Lists lists, ListAccess access, TemplateTexts texts) {
    this.lists = lists;
    this.access = access;
    this.texts = texts;
  }

  /** Every text, and whose it is. */
  @GetMapping
  List<TemplateView> all(
      @PathVariable("list") String list, @RequestParam(defaultValue = "") String language) {
    return texts.all(owned(list), language);
  }

  /** One text. */
  @GetMapping("/{name}")
  TemplateDetails one(
      @PathVariable("list") String list,
      @PathVariable("name") String name,
      @RequestParam(defaultValue = "") String language) {
    return texts.one(owned(list), name, language);
  }

  /** Writes one. */
  @PutMapping("/{name}")
  TemplateDetails put(
      @PathVariable("list") String list,
      @PathVariable("name") String name,
      @RequestParam(defaultValue = "") String language,
      @RequestBody TemplateBody body) {
    return texts.put(owned(list), name, language, body);
  }

  /** Takes one away, so that the next scope's is used again. */
  @DeleteMapping("/{name}")
  CommandOutcome.Done delete(
      @PathVariable("list") String list,
      @PathVariable("name") String name,
      @RequestParam(defaultValue = "") String language) {
    return texts.delete(owned(list), name, language);
  }

  /** Shows one with example values; nothing is stored. */
  @PostMapping("/{name}/preview")
  TemplatePreview preview(
      @PathVariable("list") String list,
      @PathVariable("name") String name,
      @RequestParam(defaultValue = "") String language,
      @RequestBody TemplateBody body) {
    return texts.preview(owned(list), name, language, body);
  }

  private Place owned(String address) {
    MailingList list = lists.require(address);
    access.requireManage(list);
    return Place.of(list);
  }
}
