"""The 36-week roadmap holds every topic, resource, task and figure its author wrote, week by week.

The tables were written by hand from the author's document, so nothing here is derived from the YAML.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).parents[2] / "content" / "roadmaps" / "full-stack-ml-36"

WEEKS: dict[int, list[str]] = {
    1: ["Python basics", "Variables", "loops", "functions", "OOP", "error handling", "Python.org docs", "sections 3-5",
        "Automate the Boring Stuff", "Ch. 1-6, free online", "CLI task manager", "add/delete tasks", "save to JSON",
        "PyPI package", "GitHub", "runs locally", "handles 10+ tasks without errors"],
    2: ["Data structures", "Lists", "dicts", "sets", "File I/O", "APIs", "requests lib", "LeetCode easy problems",
        "arrays/strings", "Requests docs", "motivational quotes via API", "SQLite", "Deploy to Replit",
        "fetches/quotes real-time", "query the DB for tasks"],
    3: ["Intro to web", "HTML/CSS basics", "HTML", "CSS basics", "JavaScript fundamentals", "DOM", "events",
        "freeCodeCamp Responsive Web Design", "first 2 sections", "static task list page", "HTML form to add tasks",
        "JS for local storage", "Deploy to GitHub Pages", "Interactive UI", "persists data on refresh"],
    4: ["Front-end: React basics", "components", "state", "props", "React official tutorial", "Scrimba React course",
        "free", "task list to a React app", "add/edit tasks with state management", "Deploy to Vercel",
        "Responsive UI", "handles 20+ tasks dynamically"],
    5: ["Back-end: Node.js/Express intro", "REST APIs", "routing", "Express.js docs", "Build a simple API",
        "free YouTube: Traversy Media", "Express server for the task API", "CRUD endpoints", "React front-end",
        "deploy to Heroku", "Full-stack task app", "front-end calls the back-end API", "deployed live"],
    6: ["Databases: MongoDB basics", "CRUD", "schemas", "MongoDB University", "free course, M001", "Integrate MongoDB",
        "stored persistently", "user auth (simple JWT)", "supports multiple users", "data persists across deploys"],
    7: ["ML Intro", "NumPy", "Pandas basics", "data cleaning", "Kaggle Pandas tutorial", "fast.ai Practical DL",
        "Lesson 1, free", "basic ML", "Pandas to analyze task completion rates", 'predict "priority" via simple stats',
        "Deploy the updated app", "priority scores", "insights export as CSV"],
    8: ["Deployment basics", "Git workflows", "Vercel/Heroku setup", "GitHub docs", "Pro Git book", "Ch. 1-3, free",
        "Polish Project 1: Task Tracker with ML prioritization", "CI/CD via GitHub Actions", "Fully deployed app",
        "custom URL", "auto-deploys on push"],
    9: ["Advanced React", "Hooks", "useState", "useEffect", "routing (React Router)", "React docs", "Hooks section",
        "Kent C. Dodds Epic React", "free basics", "e-com front-end", "product list", "cart with hooks",
        "Deploy to Vercel", "Dynamic cart updates", "routes for home/cart"],
    10: ["State management", "Redux basics", "Redux docs", "freeCodeCamp Redux tutorial",
         "Add Redux to manage cart state across pages", "Persistent cart", "no data loss on navigation"],
    11: ["Back-end advanced", "FastAPI (Python alternative for speed)", "async endpoints", "FastAPI docs",
         "fullstackpython.com tutorial", "FastAPI back-end", "product CRUD", "integrate it with React",
         "Deploy to Render", "handles 100+ products", "async image uploads"],
    12: ["Auth & Security", "JWT", "OAuth basics", "Auth0 docs", "free tier", "PyJWT lib", "user login/register",
         "secure the API routes", "Protected endpoints", "session management"],
    13: ["ML Data Handling", "Scikit-learn basics", "regression/classification", "Scikit-learn user guide",
         "first 3 sections", "Kaggle Intro to ML course", "recommender", "collaborative filtering",
         "dummy product data", "integrate it into the back-end", "suggests products based on user history"],
    14: ["Front-End ML Integration", "React with ML.js or API calls to ML endpoints", "TensorFlow.js docs", "basics",
         "Visualize recommendations in UI", "Charts with Recharts", "Interactive recs", "updated dashboard"],
    15: ["Testing", "Unit tests", "Jest for front", "Pytest for back", "Jest docs", "Pytest tutorial",
         "tests for the API and the UI components", "CI/CD", "80% code coverage", "tests pass on deploy"],
    16: ["Optimization", "Caching", "Redis basics", "Redis University", "free", "Cache recommendations",
         "reduce load times", "loads <2s", "deploy full Project 2"],
    17: ["ML Fundamentals", "Supervised learning", "train/test split", "Andrew Ng Coursera", "Week 1-2, free audit",
         "simple classifier", "text data (IMDb dataset)", "Streamlit app", "Model accuracy >75%", "live demo"],
    18: ["Neural Networks", "Intro to PyTorch/TensorFlow", "PyTorch tutorials", "first 3", "fast.ai", "Lesson 2",
         "Train an NN for sentiment", "fine-tune on custom data", "handles new inputs", "export to ONNX"],
    19: ["NLP Basics", "Tokenization", "embeddings", "Hugging Face Transformers", "Hugging Face NLP course",
         "Ch. 1-3, free", "Integrate BERT for better sentiment", "API endpoint", "analyzes tweets",
         "deploy to Hugging Face Spaces"],
    20: ["Data Pipelines", "ETL with Pandas", "Dask for large data", "Dask docs", "Kaggle datasets",
         "fetch/process social data", "Twitter API mock", "Handles 1k+ texts", "automated processing"],
    21: ["Model Evaluation", "Metrics", "AUC", "F1", "cross-validation", "Scikit-learn metrics guide",
         "Evaluate the sentiment model", "A/B test variants", "Report metrics in the app dashboard"],
    22: ["Front-End Integration", "React with ML APIs (e.g., via Gradio)", "Gradio docs", "inputting text/posts",
         "displays the sentiment", "Real-time analysis", "responsive design"],
    23: ["Advanced NLP", "Sequence models (LSTM)", "PyTorch LSTM tutorial", "context-aware sentiment",
         "sarcasm detection", "Improved accuracy on nuanced text"],
    24: ["Deployment", "ML serving with FastAPI", "TensorFlow Serving", "TensorFlow Serving docs",
         "Deploy the full app: Social Sentiment Analyzer", "Live at a custom domain", "handles 100 queries/day"],
    25: ["CV Basics", "OpenCV", "image processing", "OpenCV tutorials (PyImageSearch)", "image uploader",
         "detect edges/basic features", "Flask app", "Processes images", "outputs annotated versions"],
    26: ["CNNs", "Build with PyTorch", "ResNet basics", "PyTorch CV tutorials", "Train a CNN on CIFAR-10",
         "fine-tune for plants", "Accuracy >80%", "model inference <1s"],
    27: ["Transfer Learning", "Use pre-trained models (Hugging Face)", "Hugging Face CV course",
         "Integrate Vision Transformers for plant ID", "identifies 50+ plant types"],
    28: ["Back-End ML", "API for image predictions", "FastAPI file uploads", "image upload/prediction",
         "Handles file sizes up to 5MB", "secure"],
    29: ["Front-End", "React with image previews", "canvas", "React Dropzone lib", "uploading/viewing results",
         "Drag-drop interface", "displays confidence scores"],
    30: ["Multimodal ML", "Combine text + image (e.g., describe plant)", "CLIP model (OpenAI via HF)",
         "Add text search for images", "Hybrid search", "deploy the iteration"],
    31: ["Edge Cases", "Augmentation", "handling imbalances", "imbalanced-learn lib", "Augment the dataset",
         "retrain for robustness", "works on low-quality images"],
    32: ["Scaling", "Batch processing", "GPU basics (Colab free)", "PyTorch DataLoader",
         "Optimize for multiple images", "deploy the full app", "Handles batches", "live on Vercel"],
    33: ["Cloud Basics", "AWS/GCP", "S3", "EC2 free tiers", "AWS free tier docs", "Deploy ML models to cloud",
         "store data in S3", "uses cloud storage", "no local deps"],
    34: ["Containerization", "Docker", "Kubernetes intro", "Docker getting started", "Kubernetes.io basics",
         "Containerize the full app", "Minikube locally", "Runs in Docker", "scalable setup"],
    35: ["Monitoring & CI/CD", "Prometheus basics", "GitHub Actions advanced", "Prometheus tutorial",
         "Add logging/metrics", "auto-tests on PRs", "Monitors uptime", "alerts on errors"],
    36: ["Capstone Integration", "Combine projects", "recs + sentiment + CV for finance insights",
         "Review all code; refactor", "Finance Advisor", "ML predicts expenses", "analyzes receipts (CV)",
         "sentiment on news", "Fully integrated", "portfolio-ready app"],
}  # fmt: skip

PHASES: dict[int, tuple[range, list[str]]] = {
    1: (range(1, 9), ["Foundations", "Months 1-2", "Build Core Programming & Web Basics", "Project 1",
        "Solidify Python", "intro to web dev", "simple task tracker app with basic ML for prioritization",
        "Deployed Task Tracker App", "useful personal productivity tool with basic ML insights"]),
    2: (range(9, 17), ["Front-End & Back-End Mastery", "Months 3-4", "Advanced web dev", "Project 2",
        "E-commerce dashboard with ML product recommendations", "Integrate ML for personalization",
        "Deployed E-commerce Dashboard", "small businesses", "ML recommends products like Amazon basics"]),
    3: (range(17, 25), ["ML Core", "Months 5-6", "Deep dive into ML", "Build models from scratch and deploy",
        "Project 3: Sentiment analysis tool for social media, integrated into a web app", "marketers",
        "Deployed Sentiment Analyzer App", "analyzes X/Twitter feeds in real-time"]),
    4: (range(25, 33), ["Advanced ML & Integration", "Months 7-8", "Computer vision, full integration",
        "Project 4: Image recognition app for e-learning (e.g., plant identifier)", "hobbyists/educators",
        "Deployed Plant Identifier App", "mobile-friendly via PWA"]),
    5: (range(33, 37), ["Full-Stack Scaling & Capstone", "Month 9", "End-to-end systems, production-ready",
        "Project 5: AI-Powered Personal Finance Advisor (integrates all skills)", "Deployed Finance Advisor App",
        "useful daily tool", "forecasts budgets with ML", "processes receipts"]),
}  # fmt: skip

ROADMAP = [
    "9-Month Full-Stack ML Engineer Roadmap", "basic programming knowledge in Python", "full-stack ML engineer",
    "AI-powered web applications", "36 weeks (9 months)", "5 real-world apps", "mini-app",
    "reusable for your portfolio", "personal finance tracker with ML predictions", "content recommendation engine",
    "image-based search app", "Project-centric", "free/open-source tools", "GitHub",
    "Vercel/Heroku", "Streamlit/Gradio", "Hugging Face",
    "Resource-intensive but efficient", "free courses, docs, GitHub repos", "20-30 hours/week", "40% learning",
    "60% building/deploying", "Python", "React", "Node.js/Express", "FastAPI", "TensorFlow", "PyTorch", "Docker",
    "Kubernetes basics", "AWS free tier", "GCP free tier", "end each month with a deployed app iteration",
    "track progress on GitHub", "CI/CD pipelines by Month 3", "VS Code", "Git", "Python 3.12+", "Node.js",
    "Jupyter Notebooks for ML prototyping", "Topics", "Resources", "Project/Task", "Goals", "Notion dashboard",
    "r/MachineLearning", "Stack Overflow", "5 deployed apps", "strong GitHub portfolio", "full-stack ML roles",
]  # fmt: skip

PROJECTS = {
    1: ("Task Tracker App", range(1, 9)),
    2: ("E-commerce Dashboard", range(9, 17)),
    3: ("Sentiment Analyzer App", range(17, 25)),
    4: ("Plant Identifier App", range(25, 33)),
    5: ("Finance Advisor App", range(33, 37)),
}


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


PHASE_FILES = {number: read(f"phase-{number}") for number in PHASES}
UNITS: dict[int, dict[str, Any]] = {int(w["weeks"]): w for p in PHASE_FILES.values() for w in p["weeks"]}
TASKS: list[dict[str, Any]] = [task for week in UNITS.values() for task in week["guide"]["tasks"]]


def hours_of(tasks: list[dict[str, Any]], kind: str = "") -> float:
    """Hours of the tasks, or of those of one kind."""
    return sum(float(t["hours"]) for t in tasks if not kind or t["kind"] == kind)


def test_the_weeks_run_from_1_to_36_without_a_gap() -> None:
    """All 36 weeks are there, in order, each in its own phase."""
    assert list(UNITS) == list(WEEKS) == list(range(1, 37))
    for number, (weeks, _) in PHASES.items():
        assert [w["weeks"] for w in PHASE_FILES[number]["weeks"]] == [str(n) for n in weeks]


@pytest.mark.parametrize("week", WEEKS)
def test_a_week_keeps_every_name_and_figure_of_the_source(week: int) -> None:
    """What the author wrote for a week is in that week's own fields, letter for letter."""
    text = words(UNITS[week])
    assert [item for item in WEEKS[week] if item not in text] == []


@pytest.mark.parametrize("week", WEEKS)
def test_a_week_has_the_four_parts_the_roadmap_promises(week: int) -> None:
    """Topics, resources, a task and a goal: no cell of the author's table is empty."""
    assert all(UNITS[week].get(part) for part in ("topics", "resources", "assignment", "goal"))


@pytest.mark.parametrize("number", PHASES)
def test_a_phase_keeps_its_title_months_focus_project_and_milestone(number: int) -> None:
    """What the author says about a phase is said by the phase itself, not by one of its weeks."""
    text = words({key: value for key, value in PHASE_FILES[number].items() if key != "weeks"})
    assert [item for item in PHASES[number][1] if item not in text] == []


def test_the_roadmap_keeps_its_introduction_principles_stack_and_closing() -> None:
    """Nothing said before the first table or after the last one is lost."""
    text = words(read("roadmap"))
    assert [item for item in ROADMAP if item not in text] == []


def test_the_five_projects_have_a_checkpoint_for_each_of_their_weeks() -> None:
    """Every app is an arc over its phase, with one checkpoint a week."""
    found = {p["number"]: (p["title"], [c["week"] for c in p["checkpoints"]]) for p in read("roadmap")["projects"]}
    assert found == {number: (title, list(weeks)) for number, (title, weeks) in PROJECTS.items()}


@pytest.mark.parametrize("week", WEEKS)
def test_a_week_takes_20_to_30_hours_and_its_tasks_add_up(week: int) -> None:
    """The week's hours stay in the author's range, and its three to six tasks fill them exactly."""
    guide = UNITS[week]["guide"]
    assert 20 <= guide["hours"] <= 30
    assert hours_of(guide["tasks"]) == guide["hours"]
    assert 3 <= len(guide["tasks"]) <= 6


@pytest.mark.parametrize("week", WEEKS)
def test_a_week_is_about_four_tenths_learning(week: int) -> None:
    """40% learning, 60% building and deploying, give or take five points."""
    tasks = UNITS[week]["guide"]["tasks"]
    assert 0.35 <= hours_of(tasks, "learn") / hours_of(tasks) <= 0.45


def test_the_roadmap_states_its_hours_and_its_share_of_learning() -> None:
    """20-30 hours a week, 40 percent of them learning, over the whole plan as well."""
    assert read("roadmap")["hours_per_week"] == {"low": 20, "high": 30, "learn_percent": 40}
    assert hours_of(TASKS, "learn") / hours_of(TASKS) == pytest.approx(0.40, abs=0.02)


def test_task_ids_are_short_and_never_used_twice() -> None:
    """Progress hangs on a task's id."""
    ids = [task["id"] for task in TASKS]
    assert len(ids) == len(set(ids))
    assert max(map(len, ids)) <= 28


@pytest.mark.parametrize("week", [w for w in WEEKS if w != 36])
def test_every_resource_has_a_secure_address(week: int) -> None:
    """Each thing to read can be opened; only week 36's own code review has no page."""
    listed = UNITS[week]["resources"] + UNITS[week]["guide"].get("resources", [])
    assert all(resource["url"].startswith("https://") for resource in listed)


@pytest.mark.parametrize(
    ("week", "name"),
    [
        (2, "Replit"),
        (5, "Heroku"),
        (6, "M001"),
        (8, "Heroku"),
        (17, "Andrew Ng"),
        (20, "Twitter API"),
        (32, "Vercel"),
        (33, "EC2"),
    ],
)
def test_advice_that_has_aged_comes_with_what_to_use_now(week: int, name: str) -> None:
    """A learner who meets a retired plan or course reads at once what replaced it."""
    notes = [aged for aged in UNITS[week]["guide"]["aged"] if name in aged["names"]]
    assert len(notes) == 1
    assert notes[0]["since"] and notes[0]["instead"]
