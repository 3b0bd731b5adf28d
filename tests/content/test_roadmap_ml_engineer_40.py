"""The 40-week roadmap holds every topic, algorithm, project, goal and figure of its source, week by week.

The tables were written by hand from the source, so nothing here is derived from the YAML.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.catalog.loader import load_roadmap

FOLDER = Path(__file__).parents[2] / "content" / "roadmaps" / "ml-engineer-40"

WEEKS: dict[str, list[str]] = {
    "1": ["Python Basics", "Variables", "Data Types", "Loops", "Functions", "Basic OOP (Class, Objects)",
          "write small scripts in Python"],
    "2": ["Python (Advanced) and NumPy", "NumPy (Arrays, Operations)", "Essential Python Libraries (os, sys)",
          "perform operations on numerical data using NumPy"],
    "3": ["Pandas (Data Analysis)", "DataFrames", "Series", "Reading data from CSV/Excel",
          "Data Cleaning (Handling Null values)", "Selecting", "Filtering", "clean and prepare datasets using Pandas"],
    "4": ["Data Visualization (EDA)", "Matplotlib (basic plots)", "Seaborn (advanced plots - heatmap, pairplot)",
          "Exploratory Data Analysis (EDA)", "visually", "draw insights", "any dataset"],
    "5": ["ML Concepts and Linear Regression", "Supervised vs Unsupervised", "Train/Test Split",
          "Introduction to Scikit-learn", "Linear Regression", "Project 1: House Price Prediction", "start",
          "apply Linear Regression"],
    "6": ["Classification (Part 1)", "Model Evaluation (Accuracy, Precision, Recall, F1-Score, Confusion Matrix)",
          "Logistic Regression", "K-Nearest Neighbors (KNN)", "Project 2: Iris Flower Classifier",
          "with Logistic Regression", "KNN"],
    "7": ["Classification (Part 2)", "Support Vector Machines (SVM)", "Decision Trees", "Random Forest",
          "compare various models", "choose the best one"],
    "8": ["Unsupervised Learning and Imbalanced Data", "K-Means (Clustering)", "PCA (Dimensionality Reduction)",
          "Handling Imbalanced Data (SMOTE)", "Project 3: Credit Card Fraud Detection", "imbalanced data"],
    "9": ["Neural Network Fundamentals", "Perceptron", "Activation Functions (ReLU, Sigmoid)", "Loss Functions",
          "Gradient Descent", "Introduction to TensorFlow and Keras"],
    "10": ["ANN (Artificial Neural Network)", "Backpropagation (Theory)", "Building ANNs",
           "Project 1: Handwritten Digit Classifier (MNIST)", "Keras"],
    "11": ["CNN (Convolutional Neural Network) - Basics", "CNN Layers (Conv2D, MaxPooling)",
           "How to handle image data (OpenCV basics)", "understand CNN architecture"],
    "12": ["CNN (Advanced)", "Transfer Learning (VGG16, ResNet50)", "Data Augmentation",
           "Project 2: Cat vs Dog Image Classifier", "Transfer Learning"],
    "13": ["RNN (Recurrent Neural Network)", "Sequential Data", "RNN problems (Vanishing Gradient)",
           "Introduction to LSTM and GRU", "understand text data"],
    "14": ["NLP (Natural Language Processing) Project", "Text Preprocessing (Tokenization, Padding)",
           "Word Embeddings", "Project 3: Sentiment Analysis on Tweets", "LSTM"],
    "15-16": ["Advanced DL Project", "Encoder-Decoder Architecture",
              "Project 4: Image Caption Generator (CNN + LSTM)", "DL skills"],
    "17": ["Git and GitHub", "all old projects on GitHub",
           "Learn Git (commit, push, pull, branching)", "very important"],
    "18": ["API Fundamentals and Flask", "REST API (GET, POST)", "Flask Basics", "Saving models (pickle, joblib)",
           'create a simple "Hello World" Flask app'],
    "19": ["Flask ML API", "Taking input from HTML (JSON)", "sending back predictions from the ML model",
           "Project 1: Deploy House Price Predictor (Phase 1) as Flask API"],
    "20": ["Introduction to FastAPI", "FastAPI (which is faster and more modern than Flask)",
           "Pydantic (data validation)", "convert your Flask API to FastAPI"],
    "21": ["Front-End (Simple Dashboard)", "Streamlit or Gradio (Easiest for ML apps)",
           "Project 2: Sentiment Analysis Web App (Streamlit)", "write", "see results"],
    "22": ["Deployment (Cloud Basics)", "Heroku, Render, or Hugging Face Spaces",
           "Project 3: Image Classifier Web App (FastAPI + Streamlit)", "Render", "live"],
    "23-24": ["Project Buffer", "your three deployed projects", "polish", "READMEs", "your portfolio"],
    "25-26": ["Docker", "What is Docker", "Writing a Dockerfile", "Building images", "Running containers",
              "dockerize your FastAPI app"],
    "27-28": ["MLflow", "Experiment Tracking", "Logging model parameters and metrics", "Model Registry",
              "integrate MLflow into your Phase 2 training code"],
    "29-30": ["DVC & CI/CD", "DVC (Data Version Control) - Managing large datasets and models with Git",
              "GitHub Actions (CI/CD) - Basic pipeline (e.g., automating testing on code push)"],
    "31-32": ["Airflow", "Apache Airflow (DAGs, Operators)", "Scheduling ML pipelines",
              "create a simple DAG that fetches data and trains a model daily"],
    "33-34": ["Cloud Basics",
              "Basic understanding of AWS (S3 - Storage, EC2 - Server) or GCP (GCS, AI Platform)",
              "store your data on S3", "access it from EC2"],
    "35-36": ["Kubernetes - K8s", "Introduction to Kubernetes (Pods, Services, Deployments)", "Why is it important?",
              "topic is vast", "the basics", "Project (Entire 3 Months): End-to-End ML Pipeline",
              "Airflow (scheduling), MLflow (tracking), DVC (data) and Docker (deployment)", "work together"],
    "37-38": ["Portfolio Finalization", "your GitHub perfect", "detailed README.md for every project",
              "portfolio website (GitHub Pages or Notion)", "case studies for your 3-4 best projects",
              "(e.g., MLOps pipeline, Image Captioning)"],
    "39-40": ["Interview Prep and Application", "LinkedIn and Resume",
              "ML System Design, SQL, and Python coding questions", "applying for jobs"],
}  # fmt: skip

ALGORITHMS: dict[str, list[str]] = {
    "5": ["Linear Regression"],
    "6": ["Logistic Regression", "K-Nearest Neighbors (KNN)"],
    "7": ["Support Vector Machines (SVM)", "Decision Trees", "Random Forest"],
    "8": ["K-Means (Clustering)", "PCA (Dimensionality Reduction)"],
}

WITH_A_GOAL = ["1", "2", "3", "4", "7", "11", "13", "18", "20", "25-26", "27-28", "31-32", "33-34"]

PHASES: dict[int, tuple[str, str, list[str]]] = {
    1: ("1", "8", ["Machine Learning Basics", "Month 1–2", "Master Python, data handling", "core ML algorithms"]),
    2: ("9", "15-16", ["Deep Learning", "Month 3–4", "Build", "train", "neural networks", "TensorFlow/PyTorch"]),
    3: ("17", "23-24", ["API & Deployment", "Month 5–6", "Deploy", "ML models as web applications"]),
    4: ("25-26", "35-36", ["MLOps", "Month 7–9", "Automate, containeri", "manage", "ML pipelines on the cloud",
        "Month 7 (Weeks 25-28): Containerization and Experiment Tracking",
        "Month 8 (Weeks 29-32): Automation and Pipelines", "Month 9 (Weeks 33-36): Cloud and Scaling",
        "Project (Entire 3 Months): End-to-End ML Pipeline"]),
    5: ("37-38", "39-40", ["Portfolio & Job Prep", "After Month 9", "Action Plan (Month 10)",
        "9 months of learning into a job"]),
}  # fmt: skip

STACK = {
    "Programming": ["Python", "Git"],
    "ML/DL": ["Scikit-learn", "TensorFlow", "PyTorch"],
    "Data": ["Pandas", "NumPy", "SQL"],
    "Deployment": ["Flask", "FastAPI", "Streamlit"],
    "MLOps": ["Docker", "MLflow", "Airflow", "Kubernetes"],
    "Cloud": ["AWS", "GCP", "Azure"],
    "Automation": ["GitHub Actions", "Jenkins"],
}

PROJECTS: list[tuple[str, int | None, str]] = [
    ("House Price Prediction", 1, "5"),
    ("Iris Flower Classifier", 2, "6"),
    ("Credit Card Fraud Detection", 3, "8"),
    ("Handwritten Digit Classifier (MNIST)", 1, "10"),
    ("Cat vs Dog Image Classifier", 2, "12"),
    ("Sentiment Analysis on Tweets", 3, "14"),
    ("Image Caption Generator (CNN + LSTM)", 4, "15-16"),
    ("Deploy House Price Predictor (Phase 1) as Flask API", 1, "19"),
    ("Sentiment Analysis Web App (Streamlit)", 2, "21"),
    ("Image Classifier Web App (FastAPI + Streamlit)", 3, "22"),
    ("End-to-End ML Pipeline", None, "25-36"),
]


def read(name: str) -> dict[str, Any]:
    """One YAML file of the roadmap."""
    loaded = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def words(value: object) -> str:
    """Every text below a value on lines of their own, leaving out what was added under `guide`."""
    if isinstance(value, dict):
        return "\n".join(words(inner) for key, inner in value.items() if key != "guide")
    if isinstance(value, list):
        return "\n".join(words(inner) for inner in value)
    return str(value)


ROADMAP = read("roadmap")
PHASE_FILES = {number: read(f"phase-{number}") for number in PHASES}
UNITS: dict[str, dict[str, Any]] = {week["weeks"]: week for phase in PHASE_FILES.values() for week in phase["weeks"]}
RANGES = [weeks for weeks in WEEKS if "-" in weeks]
TASKS: list[dict[str, Any]] = [task for week in UNITS.values() for task in week["guide"]["tasks"]]


def hours_of(tasks: list[dict[str, Any]], part: int = 0) -> float:
    """Hours of the tasks, or of those of one part of a range."""
    return sum(float(task["hours"]) for task in tasks if not part or task.get("part", 1) == part)


def test_the_roadmap_loads_as_forty_weeks() -> None:
    """The reader that the mentor uses finds nothing wrong with it."""
    roadmap = load_roadmap(FOLDER)
    assert (roadmap.title, roadmap.length) == ("Full Stack ML Engineer Roadmap (Ultra-Detailed 9-Month Plan)", 40)


def test_the_units_are_those_of_the_source_each_in_its_phase() -> None:
    """Single weeks stay single, ranges stay one unit, and phases begin and end where the source says."""
    assert list(UNITS) == list(WEEKS)
    found = {n: (phase["weeks"][0]["weeks"], phase["weeks"][-1]["weeks"]) for n, phase in PHASE_FILES.items()}
    assert found == {number: (first, last) for number, (first, last, _) in PHASES.items()}


@pytest.mark.parametrize("weeks", WEEKS)
def test_a_week_keeps_every_name_and_figure_of_the_source(weeks: str) -> None:
    """What the source says of a week is in that week's own fields, letter for letter."""
    text = words(UNITS[weeks])
    assert [item for item in WEEKS[weeks] if item not in text] == []


def test_algorithms_and_libraries_are_told_apart_from_topics() -> None:
    """The source lists algorithms and a library under words of their own, and so does the roadmap."""
    named = {weeks: [a["name"] for a in unit["algorithms"]] for weeks, unit in UNITS.items() if "algorithms" in unit}
    assert named == ALGORITHMS
    libraries = {weeks: unit["libraries"][0]["name"] for weeks, unit in UNITS.items() if "libraries" in unit}
    assert libraries == {"9": "Introduction to TensorFlow and Keras"}


def test_a_goal_stands_exactly_where_the_source_has_one() -> None:
    """No goal is lost, and none is put into the source's mouth."""
    assert [weeks for weeks, unit in UNITS.items() if unit.get("goal")] == WITH_A_GOAL


@pytest.mark.parametrize("number", PHASES)
def test_a_phase_keeps_its_title_months_and_goal(number: int) -> None:
    """What the source says about a phase is said by the phase itself, not by one of its weeks."""
    text = words({key: value for key, value in PHASE_FILES[number].items() if key != "weeks"})
    assert [item for item in PHASES[number][2] if item not in text] == []


def test_the_tech_stack_keeps_every_row_and_tool() -> None:
    """The table is complete and in the source's order."""
    assert {row["category"]: row["tools"] for row in ROADMAP["stack"]} == STACK
    assert [row["category"] for row in ROADMAP["stack"]] == list(STACK)


def test_every_project_has_its_name_its_number_and_its_weeks() -> None:
    """All eleven projects are there in order; the portfolio that closes the year is the only one added."""
    found = [(p["title"], p.get("number"), p["weeks"]) for p in ROADMAP["projects"]]
    assert found[:-1] == PROJECTS
    assert found[-1][2] == "37-40"


def test_a_numbered_project_is_named_by_its_week() -> None:
    """The week in which a project is made carries the project's line."""
    missing = [title for title, _, weeks in PROJECTS[:-1] if title not in UNITS[weeks]["project"]]
    assert missing == []


def test_the_pipeline_has_a_checkpoint_for_every_two_weeks() -> None:
    """Three months are a long way, so each unit of them ends at a place one can check."""
    pipeline = next(p for p in ROADMAP["projects"] if p["id"] == "end-to-end-pipeline")
    assert [c["week"] for c in pipeline["checkpoints"]] == [26, 28, 30, 32, 34, 36]


@pytest.mark.parametrize("project", ROADMAP["projects"], ids=lambda p: str(p["id"]))
def test_a_project_is_worked_on_in_each_unit_of_its_weeks(project: dict[str, Any]) -> None:
    """A project that no task belongs to would never move."""
    first, last = (int(number) for number in (project["weeks"].split("-") * 2)[:2])
    inside = [unit for weeks, unit in UNITS.items() if first <= int(weeks.split("-")[0]) <= last]
    idle = [u["weeks"] for u in inside if project["id"] not in {t.get("project") for t in u["guide"]["tasks"]}]
    assert inside
    assert idle == []


@pytest.mark.parametrize("weeks", WEEKS)
def test_a_calendar_week_takes_10_to_14_hours_and_its_tasks_add_up(weeks: str) -> None:
    """A unit stays within the hours that the roadmap promises, and its tasks fill them exactly."""
    guide = UNITS[weeks]["guide"]
    span = 2 if "-" in weeks else 1
    assert 10 * span <= guide["hours"] <= 14 * span
    assert hours_of(guide["tasks"]) == guide["hours"]
    assert len(guide["tasks"]) in (range(4, 9) if span == 2 else range(3, 7))


@pytest.mark.parametrize("weeks", RANGES)
def test_the_two_weeks_of_a_range_share_its_hours_about_evenly(weeks: str) -> None:
    """Each of the two weeks has tasks of its own, and the second has a message of its own."""
    guide = UNITS[weeks]["guide"]
    assert hours_of(guide["tasks"], part=1) / guide["hours"] == pytest.approx(0.5, abs=0.05)
    assert guide["second_week"]


def test_task_ids_are_short_and_never_used_twice() -> None:
    """Progress hangs on a task's id."""
    ids = [task["id"] for task in TASKS]
    assert len(ids) == len(set(ids))
    assert all(len(found) <= 28 and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", found) for found in ids)


@pytest.mark.parametrize("weeks", WEEKS)
def test_a_week_says_why_in_one_short_line_and_fits_a_phone(weeks: str) -> None:
    """The line that opens a week and the titles below it are short enough to read at a glance."""
    guide = UNITS[weeks]["guide"]
    assert len(guide["why"]) < 160
    assert [task["title"] for task in guide["tasks"] if len(task["title"]) > 60] == []


@pytest.mark.parametrize("weeks", WEEKS)
def test_a_week_offers_one_to_three_pages_with_secure_addresses(weeks: str) -> None:
    """The source names no pages, so each week is given a few that can be opened."""
    pages = UNITS[weeks]["guide"]["resources"]
    assert 1 <= len(pages) <= 3
    assert all(page["url"].startswith("https://") for page in pages)


@pytest.mark.parametrize(
    ("weeks", "name"),
    [
        ("9", "Keras"),
        ("14", "Tweets"),
        ("22", "Heroku"),
        ("27-28", "Model Registry"),
        ("31-32", "Airflow"),
        ("33-34", "AI Platform"),
    ],
)
def test_advice_that_has_aged_comes_with_what_to_use_now(weeks: str, name: str) -> None:
    """A learner who meets a retired plan or interface reads at once what replaced it."""
    notes = [aged for aged in UNITS[weeks]["guide"]["aged"] if name in aged["names"]]
    assert len(notes) == 1
    assert notes[0]["since"]
    assert notes[0]["instead"]
