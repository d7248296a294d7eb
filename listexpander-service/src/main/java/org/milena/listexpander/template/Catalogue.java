package org.milena.listexpander.template;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Our own texts: every name in every language. */
public final class Catalogue {
  private static final String FOLDER = "/org/milena/listexpander/texts/";

  private final Map<Language, Map<TemplateName, TemplateText>> texts =
      new EnumMap<>(Language.class);

  private Catalogue() {
    for (Language language : Language.values()) {
      Map<TemplateName, TemplateText> all = new EnumMap<>(TemplateName.class);
      for (TemplateName name : TemplateName.values()) {
        all.put(name, read(language, name));
      }
      texts.put(language, all);
    }
  }

  private static final class Loaded {
    private static final Catalogue OURS = new Catalogue();
  }

  /** The texts that are shipped; read once. */
  public static Catalogue ours() {
    return Loaded.OURS;
  }

  /** The text of this name. */
  public TemplateText text(TemplateName name, Language language) {
    return Objects.requireNonNull(Objects.requireNonNull(texts.get(language)).get(name));
  }

  /** Where it lies among the resources. */
  static String path(Language language, TemplateName name) {
    return FOLDER + language.tag() + "/" + name.key().replace(':', '-') + ".txt";
  }

  private static TemplateText read(Language language, TemplateName name) {
    String path = path(language, name);
    try (InputStream in = Catalogue.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("there is no resource " + path);
      }
      String written = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return switch (TemplateText.parse(name, written)) {
        case TemplateText.Result.Fits(var text) -> text;
        case TemplateText.Result.Broken(var why) ->
            throw new IllegalStateException(path + ": " + why);
      };
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }
}
