package io.linli.dispatch.task;

import java.util.Set;

/// What a task asks of its volunteer.
///
/// @param qualifications skills and trainings, such as "medicine" or "lifting"; all of them are needed
/// @param level how badly the household needs it, from 1; more is more
/// @param closedBuilding whether going there exposes the volunteer
public record Needs(Set<String> qualifications, int level, Window window, boolean closedBuilding) {

    public Needs {
        qualifications = Set.copyOf(qualifications);
        if (level < 1) {
            throw new IllegalArgumentException("need begins at 1");
        }
    }
}
