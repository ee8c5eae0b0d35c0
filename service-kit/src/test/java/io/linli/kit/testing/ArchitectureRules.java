package io.linli.kit.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.reactivestreams.Publisher;

/// The shape every module keeps, checked on its main classes by a one-line `ArchitectureTests`.
public final class ArchitectureRules {

    private static final String KIT = "io.linli.kit";
    private static final Set<String> BLOCKING = Set.of(
            "block",
            "blockOptional",
            "blockFirst",
            "blockLast",
            "toIterable",
            "toStream",
            "subscribe",
            "subscribeWith");
    private static final Pattern DOMAIN_WORD = Pattern.compile("(?i)parcel|household|volunteer|station|courier|groupbuy"
            + "|supplier|shipment|resident|consignment|shelf|shelves|custody|waybill|doorstep");

    /// Packages are features; a layer is no feature.
    public static final ArchRule NO_LAYER_PACKAGES = noClasses()
            .should()
            .resideInAnyPackage(
                    "..controller..",
                    "..controllers..",
                    "..service..",
                    "..services..",
                    "..repository..",
                    "..repositories..",
                    "..dto..",
                    "..impl..",
                    "..util..",
                    "..utils..",
                    "..mapper..",
                    "..mappers..",
                    "..entity..",
                    "..entities..")
            .as("packages are features, not layers")
            .allowEmptyShould(true);

    /// A name says what a thing is, not that it helps.
    public static final ArchRule NO_EMPTY_NAMES = classes()
            .should(haveNoNameLike("(Abstract|Base)[A-Z].*|.*(Impl|Util|Utils|Helper|Manager|Mapper|Dto|DTO)"))
            .allowEmptyShould(true);

    /// Time comes in as a value or from the injected clock.
    public static final ArchRule TIME_FROM_A_CLOCK = noClasses()
            .should()
            .accessTargetWhere(readsTheWallClock())
            .as("time enters as an argument or through the injected Clock")
            .allowEmptyShould(true);

    /// Event loops never wait.
    public static final ArchRule NO_BLOCKING = noClasses()
            .that()
            .resideOutsideOfPackage(KIT + "..")
            .should()
            .accessTargetWhere(waitsForAPublisher())
            .as("nothing blocks on or subscribes to a publisher by hand")
            .allowEmptyShould(true);

    public static final ArchRule NO_SLEEPING = noClasses()
            .should()
            .callMethodWhere(calls(Thread.class, "sleep"))
            .as("nothing sleeps")
            .allowEmptyShould(true);

    /// The kit serves any domain.
    public static final ArchRule KIT_KNOWS_NO_DOMAIN = classes()
            .that()
            .resideInAPackage(KIT + "..")
            .should(haveNoDomainWord())
            .allowEmptyShould(true);

    private ArchitectureRules() {}

    /// Checks all rules on the main classes of one module, given by its root package.
    public static void check(String rootPackage) {
        var main = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .withImportOption(location -> !location.contains("-tests.jar"))
                .importPackages(rootPackage);
        var written = main.that(DescribedPredicate.describe(
                "are not generated", found -> !found.getPackageName().startsWith(rootPackage + ".api")));
        for (var rule : List.of(
                NO_LAYER_PACKAGES, NO_EMPTY_NAMES, TIME_FROM_A_CLOCK, NO_BLOCKING, NO_SLEEPING, KIT_KNOWS_NO_DOMAIN)) {
            rule.check(written);
        }
        checkDependencies(rootPackage, written);
    }

    private static void checkDependencies(String rootPackage, JavaClasses written) {
        noClasses()
                .that(DescribedPredicate.describe("are no controllers", ArchitectureRules::isNoController))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(rootPackage + ".api..")
                .as("only controllers touch generated types")
                .allowEmptyShould(true)
                .check(written);
        noClasses()
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "belong to another service", found -> isForeign(found, rootPackage)))
                .as("no service imports another")
                .allowEmptyShould(true)
                .check(written);
    }

    private static boolean isNoController(JavaClass found) {
        var outermost = found;
        while (outermost.getEnclosingClass().isPresent()) {
            outermost = outermost.getEnclosingClass().get();
        }
        return !outermost.getSimpleName().endsWith("Controller");
    }

    private static boolean isForeign(JavaClass found, String rootPackage) {
        var name = found.getPackageName() + ".";
        return name.startsWith("io.linli.") && !name.startsWith(rootPackage + ".") && !name.startsWith(KIT + ".");
    }

    private static ArchCondition<JavaClass> haveNoNameLike(String pattern) {
        return new ArchCondition<>("have a telling name") {
            @Override
            public void check(JavaClass found, ConditionEvents events) {
                if (found.getSimpleName().matches(pattern)) {
                    events.add(SimpleConditionEvent.violated(found, found.getName() + " has a name without meaning"));
                }
            }
        };
    }

    private static DescribedPredicate<JavaAccess<?>> readsTheWallClock() {
        return DescribedPredicate.describe("reads the wall clock", access -> {
            var owner = access.getTargetOwner().getName();
            var name = access.getName();
            boolean now = owner.startsWith("java.time.") && name.equals("now") && !takesClock(access);
            boolean newDate = owner.equals("java.util.Date")
                    && name.equals("<init>")
                    && parameters(access).isEmpty();
            return now || newDate || (owner.equals("java.lang.System") && name.equals("currentTimeMillis"));
        });
    }

    private static boolean takesClock(JavaAccess<?> access) {
        return parameters(access).stream().anyMatch(type -> type.isEquivalentTo(Clock.class));
    }

    private static List<JavaClass> parameters(JavaAccess<?> access) {
        return access.getTarget() instanceof com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget target
                ? target.getRawParameterTypes()
                : List.of();
    }

    private static DescribedPredicate<JavaAccess<?>> waitsForAPublisher() {
        return DescribedPredicate.describe(
                "waits for a publisher",
                access -> BLOCKING.contains(access.getName())
                        && access.getTargetOwner().isAssignableTo(Publisher.class));
    }

    private static DescribedPredicate<com.tngtech.archunit.core.domain.JavaMethodCall> calls(
            Class<?> owner, String method) {
        return DescribedPredicate.describe(
                "calls " + owner.getSimpleName() + "." + method,
                call -> call.getTargetOwner().isEquivalentTo(owner)
                        && call.getName().equals(method));
    }

    private static ArchCondition<JavaClass> haveNoDomainWord() {
        return new ArchCondition<>("know no word of the domain") {
            @Override
            public void check(JavaClass found, ConditionEvents events) {
                namesIn(found)
                        .filter(name -> DOMAIN_WORD.matcher(name).find())
                        .forEach(name -> events.add(
                                SimpleConditionEvent.violated(found, found.getName() + " speaks of " + name)));
            }
        };
    }

    private static java.util.stream.Stream<String> namesIn(JavaClass found) {
        var members = found.getMembers().stream().map(JavaMember::getName);
        return java.util.stream.Stream.concat(java.util.stream.Stream.of(found.getName()), members);
    }
}
