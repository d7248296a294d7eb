package org.milena.archive.web.ponymail;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.validation.DataBinder;
import org.springframework.web.bind.support.BindParamNameResolver;

/** Parameters as a request has them, bound as Spring binds them. */
final class Said {

  static MailParameters mails(String... namesAndValues) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return bind(MailParameters.class, values);
  }

  private static <T> T bind(Class<T> type, Map<String, String> values) {
    DataBinder binder = new DataBinder(null);
    binder.setTargetType(ResolvableType.forClass(type));
    binder.setNameResolver(new BindParamNameResolver());
    binder.construct(
        new DataBinder.ValueResolver() {
          @Override
          public @Nullable Object resolveValue(String name, Class<?> wanted) {
            return values.get(name);
          }

          @Override
          public Set<String> getNames() {
            return values.keySet();
          }
        });
    return type.cast(Objects.requireNonNull(binder.getTarget()));
  }

  private Said() {}
}
